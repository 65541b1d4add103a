import { readOptions } from "../base/rules.ts";
import { argumentError, expectBytes, expectInteger } from "./expect.ts";
import { NumericBuffer } from "./numeric-buffer.ts";
import { type ByteSource, type ReadFromOptions, readAll } from "./read-from.ts";
import type { Storage } from "./storage.ts";
import { getText, putAscii, putText } from "./utf8.ts";
import {
	type ByteSink,
	openSink,
	type Progress,
	WRITE_TO_OPTIONS,
	type WriteToOptions,
	writeAll,
} from "./write-to.ts";

/**
 * A growing buffer of bytes, written at its end and read at its beginning: Go's `bytes.Buffer` for JavaScript.
 *
 * **Promises.** What is written is read back once, in order. Writes never fail for want of room while there is memory.
 * The first small write allocates 64 bytes; growing at least doubles the storage; a buffer that is read empty is written
 * from its beginning again. `reset` keeps the storage: that is what makes a pooled buffer cheap. A call that throws has
 * changed nothing.
 *
 * **For** building responses, messages and documents of unknown size, and for parsing what arrives in pieces.
 *
 * **Not for** keeping: `bytes()`, `next` and `readUntil` return views of the storage, which end with the next
 * modification. `slice()` them to keep them.
 *
 * **Concurrency.** One thread, one user at a time. While `writeTo` is under way its bytes are lent to the sink: the
 * buffer looks empty and throws `ERR_POOL_NOT_HELD` when modified. While `readFrom` waits, the buffer may be used.
 *
 * @example
 * ```ts
 * import { Pool } from "ebbpool";
 * import { ByteBuffer } from "ebbpool/bytes";
 *
 * const buffers = new Pool({ new: () => new ByteBuffer(1024), reset: (buffer) => buffer.reset() });
 * const message = buffers.use((buffer) => {
 *   buffer.writeUint16BE(5);
 *   buffer.writeString("hello");
 *   return buffer.bytes().slice();
 * });
 * console.log(message.length); // 7
 * ```
 */
export class ByteBuffer extends NumericBuffer {
	/** Appends a copy of `bytes`; returns how many. */
	write(bytes: Uint8Array): number {
		expectBytes(bytes);
		const { length } = bytes;
		let source = bytes;
		if (length > this.storage.length - this.end) {
			// The buffer's own bytes would move under the copying.
			if (bytes.buffer === this.storage.buffer) source = bytes.slice();
			this.makeRoom(length);
		}
		this.storage.set(source, this.append(length));
		return length;
	}

	/**
	 * Appends the string as UTF-8, encoded in place; lone surrogates become U+FFFD, as `TextEncoder` does it.
	 *
	 * @returns the number of bytes
	 */
	writeString(text: string): number {
		if (typeof text !== "string") throw argumentError(text, "a string");
		const { length } = text;
		// No code unit takes less than a byte, so this much is needed in any case.
		if (length > this.storage.length - this.end) this.makeRoom(length);
		if (putAscii(text, this.storage, this.end)) {
			this.end += length;
			return length;
		}
		let { read, written } = putText(text, this.storage, this.end);
		if (read < length) {
			// No code unit takes more than three. Beginning again keeps a failure to grow from leaving half a string behind.
			this.makeRoom(written + 3 * (length - read));
			({ written } = putText(text, this.storage, this.end));
		}
		this.end += written;
		return written;
	}

	/** Moves up to `target.length` bytes into `target`; returns how many. */
	read(target: Uint8Array): number {
		expectBytes(target);
		const bytes = this.next(target.length);
		target.set(bytes);
		return bytes.length;
	}

	/** Consumes `length` bytes and returns them decoded from UTF-8, wrong sequences as U+FFFD. `ERR_POOL_RANGE` if fewer are held. */
	readString(length: number): string {
		expectInteger(length, 0);
		const at = this.consume(length);
		return getText(this.storage, at, at + length);
	}

	/** Consumes `n` bytes, or as many as there are, and returns them as a view, valid as {@link bytes}. */
	next(n: number): Storage {
		expectInteger(n, 0);
		const length = Math.min(n, this.length);
		const at = this.consume(length);
		return this.storage.subarray(at, at + length);
	}

	/**
	 * Consumes the bytes up to and including the first `delimiter` (0 to 255), and returns them as a view, valid as
	 * {@link bytes}.
	 *
	 * @returns `undefined`, with nothing consumed, if the delimiter is not there (yet)
	 */
	readUntil(delimiter: number): Storage | undefined {
		expectInteger(delimiter, 0, 0xff);
		const at = this.bytes().indexOf(delimiter);
		return at < 0 ? undefined : this.next(at + 1);
	}

	/** The unread bytes decoded from UTF-8, wrong sequences as U+FFFD. Consumes nothing. */
	override toString(): string {
		return getText(this.storage, this.start, this.end);
	}

	/**
	 * Appends all that a source gives, strings as UTF-8, also where a code point is split between two chunks. The source is
	 * closed when reading ends early.
	 *
	 * What was appended before a failure stays. Rejects with the source's own error; with `signal.reason` as soon as the
	 * signal aborts; with `ERR_POOL_RANGE` before the chunk that would exceed `limit`; with `ERR_POOL_ARGUMENT` at a chunk
	 * that is neither a string nor a `Uint8Array`.
	 *
	 * @returns how many bytes were appended
	 */
	readFrom(source: ByteSource, options: ReadFromOptions = {}): Promise<number> {
		return readAll(source, this, options);
	}

	/**
	 * Writes what is held to a sink, piece by piece, each when the sink is done with the one before; the sink is not ended.
	 *
	 * On failure the bytes that the sink did not confirm are still held. Rejects with the sink's own error; with
	 * `ERR_POOL_DISPOSED` if it closes before; with `signal.reason` as soon as the signal aborts.
	 *
	 * The sink gets views of the storage. One that passes them on without using them up, as `PassThrough` and the identity
	 * `TransformStream` do, must be given copies instead: `sink.write(buffer.bytes().slice())`.
	 *
	 * @returns how many bytes were written
	 */
	async writeTo(sink: ByteSink, options: WriteToOptions = {}): Promise<number> {
		const { signal } = readOptions("writeTo", options, WRITE_TO_OPTIONS);
		this.expectOwn();
		const outlet = openSink(sink);
		const bytes = this.bytes();
		const giveBack = this.lend();
		const progress: Progress = { written: 0, pending: false };
		try {
			await writeAll(outlet, bytes, progress, signal);
		} finally {
			outlet.release();
			giveBack(progress.written, progress.pending);
		}
		return progress.written;
	}
}
