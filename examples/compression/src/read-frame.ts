import { constants, inflateRawSync } from "node:zlib";
import type { ByteBuffer } from "ebbpool/bytes";
import { COMPRESSED_TEXT, LENGTH_16, LENGTH_64, TAIL } from "./frame-format.ts";

/** Consumes one frame and returns its message, as a client does; the frame must have arrived completely. */
export function readFrame(frames: ByteBuffer): Buffer {
	const kind = frames.readByte();
	if (kind !== COMPRESSED_TEXT) throw new Error(`expected a compressed text frame, got ${kind}`);
	const compressed = frames.next(readLength(frames));
	return inflateRawSync(Buffer.concat([compressed, TAIL]), { finishFlush: constants.Z_SYNC_FLUSH });
}

function readLength(frames: ByteBuffer): number {
	const length = frames.readByte();
	if (length === LENGTH_16) return frames.readUint16BE();
	if (length === LENGTH_64) return Number(frames.readBigUint64BE());
	return length;
}
