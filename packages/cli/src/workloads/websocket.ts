import { constants, deflateRawSync } from "node:zlib";
import { ByteBuffer } from "ebbpool/bytes";
import { DeflateRaw } from "minizlib";
import { jsonRecords } from "./data.ts";
import { defineWorkload } from "./define-workload.ts";

interface FrameWriter {
	/** The message as one compressed WebSocket frame (RFC 7692); valid until the writer is put back. */
	frame(message: Buffer): Uint8Array;
}

const COMPRESSED_TEXT = 0b1100_0001;
const LENGTH_16 = 126;
/** The empty block at the end of a flushed stream is not sent. */
const TAIL_LENGTH = 4;

const headLength = (length: number) => (length < LENGTH_16 ? 2 : 4);

/** What one writes without a pool: a context and a buffer for each message. */
const oneShot: FrameWriter = {
	frame(message) {
		const compressed = deflateRawSync(message, { finishFlush: constants.Z_SYNC_FLUSH });
		const length = compressed.length - TAIL_LENGTH;
		const head = headLength(length);
		const frame = Buffer.allocUnsafe(head + length);
		frame[0] = COMPRESSED_TEXT;
		if (head === 2) frame[1] = length;
		else {
			frame[1] = LENGTH_16;
			frame.writeUInt16BE(length, 2);
		}
		compressed.copy(frame, head, 0, length);
		return frame;
	},
};

class PooledFrameWriter implements FrameWriter {
	readonly #stream = new DeflateRaw({});
	readonly #buffer = new ByteBuffer();

	frame(message: Buffer): Uint8Array {
		this.#stream.write(message);
		this.#stream.flush(constants.Z_SYNC_FLUSH);
		const compressed = this.#stream.read() as Buffer;
		const length = compressed.length - TAIL_LENGTH;
		const buffer = this.#buffer;
		buffer.writeByte(COMPRESSED_TEXT);
		if (headLength(length) === 2) buffer.writeByte(length);
		else {
			buffer.writeByte(LENGTH_16);
			buffer.writeUint16BE(length);
		}
		buffer.write(compressed.subarray(0, length));
		return buffer.bytes();
	}

	reset(): void {
		this.#stream.reset();
		this.#buffer.reset();
	}

	close(): void {
		this.#stream.close();
	}
}

export const websocket = defineWorkload<PooledFrameWriter, Buffer, FrameWriter>({
	name: "websocket",
	summary: "JSON messages of 0.1–2 kB to compressed WebSocket frames",
	pool: {
		new: () => new PooledFrameWriter(),
		reset: (writer) => writer.reset(),
		dispose: (writer) => writer.close(),
	},
	fresh: () => oneShot,
	inputs: () => jsonRecords().map((record) => Buffer.from(record)),
	run(items, message, audit) {
		const writer = items.get();
		const frame = writer.frame(message);
		const result = frame.length * 256 + (frame[frame.length >> 1] as number);
		audit?.update(frame);
		items.put(writer);
		return result;
	},
});
