import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";

let made = 0;
const buffers = new Pool(() => {
	made++;
	return new ByteBuffer();
});

function process(text: string): void {
	const buffer = buffers.get();
	// Who takes a buffer cannot know what is in it.
	buffer.reset();
	buffer.writeString(text);
	console.log(buffer.toString());
	buffers.put(buffer);
}

process("Hello, Go!");
process("sync.Pool Example");
console.log(`buffers made: ${made}`);
