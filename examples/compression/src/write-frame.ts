import type { ByteBuffer } from "ebbpool/bytes";
import { contexts } from "./compression-context.ts";
import { COMPRESSED_TEXT, LENGTH_16, LENGTH_64, LONGEST_SHORT, TAIL } from "./frame-format.ts";

/** Appends a WebSocket text frame with the message in it, compressed on its own (`server_no_context_takeover`). */
export function writeFrame(frames: ByteBuffer, message: Uint8Array): void {
	contexts.use((context) => {
		const compressed = context.compress(message);
		const length = compressed.length - TAIL.length;
		frames.writeByte(COMPRESSED_TEXT);
		writeLength(frames, length);
		frames.write(compressed.subarray(0, length));
	});
}

function writeLength(frames: ByteBuffer, length: number): void {
	if (length <= LONGEST_SHORT) frames.writeByte(length);
	else if (length <= 0xffff) {
		frames.writeByte(LENGTH_16);
		frames.writeUint16BE(length);
	} else {
		frames.writeByte(LENGTH_64);
		frames.writeBigUint64BE(BigInt(length));
	}
}
