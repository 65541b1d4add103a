import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";

const buffers = new Pool(() => {
	console.log("Allocating new buffer");
	return new ByteBuffer(1024);
});

function greet(name: string): void {
	const buffer = buffers.get();
	buffer.writeString("hello");
	buffer.writeString(name);
	console.log(buffer.toString());
	// Reset before putting back.
	buffer.reset();
	buffers.put(buffer);
}

greet("");
greet(" again");

// Two at once are two buffers.
const one = buffers.get();
const other = buffers.get();
console.log(one === other ? "one buffer" : "two buffers");
