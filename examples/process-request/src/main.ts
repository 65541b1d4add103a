import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";

const buffers = new Pool({ new: () => new ByteBuffer(), reset: (buffer) => buffer.reset() });

function processRequest(body: string): void {
	// Go's `defer bufferPool.Put(buf)`: put back at the end of the block, also when it throws.
	using lease = buffers.lease();
	const buffer = lease.item;
	buffer.writeString(body);
	if (buffer.length === 0) throw new Error("the request has no body");
	console.log(`${buffer} (${buffer.length} of ${buffer.capacity} bytes)`);
}

processRequest("Hello, World!");
processRequest("long message");
processRequest("a message that is longer than all those that came before it, by some bytes");
// The buffer keeps what it has grown to.
processRequest("short");
try {
	processRequest("");
} catch (error) {
	console.log(String(error));
}
console.log(`buffers in the pool: ${buffers.stats().local}`);
