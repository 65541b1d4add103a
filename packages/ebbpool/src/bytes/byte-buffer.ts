import { brand } from "../base/brand.ts";
import { ifPossible } from "../base/engine.ts";
import { inspectSymbol } from "../base/inspect-symbol.ts";
import { readOptions } from "../base/rules.ts";
import { bytesOf } from "./bytes-of.ts";
import { argumentError, expectInteger, isBytes, trueLength } from "./expect.ts";
import { NumericBuffer } from "./numeric-buffer.ts";
import { type ByteSource, type ReadFromOptions, readAll } from "./read-from.ts";
import type { Storage } from "./storage.ts";
import { encode, getText, putAscii, putText } from "./utf8.ts";
import {
	type ByteSink,
	openSink,
	type Progress,
	WRITE_TO_OPTIONS,
	type WriteToOptions,
	writeAll,
} from "./write-to.ts";

/** An array's own `set` may be somebody's code. */
const set = /* @__PURE__ */ ifPossible(() => Uint8Array.prototype.set);

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
	/** Appends a copy of `bytes`, of another buffer what it holds; returns how many. */
	write(bytes: Uint8Array | ArrayBuffer | ByteBuffer): number {
		let source = isBytes(bytes) ? bytes : bytesOf(bytes, "ByteBuffer.write: bytes");
		const length = trueLength(source);
		if (length === 0) return 0;
		if (length > this.storage.length - this.end) {
			// The buffer's own bytes would move under the copying.
			if (source.buffer === this.storage.buffer) source = new Uint8Array(source);
			this.room(length, "write");
			if (trueLength(source) < length)
				throw argumentError("ByteBuffer.write: bytes", source, "bytes that stay");
		}
		const at = this.end;
		try {
			this.storage.set(source, at);
		} catch {
			// Another thread has made shared memory longer since.
			this.storage.set(new Uint8Array(source.buffer, source.byteOffset, length), at);
		}
		this.end = at + length;
		return length;
	}

	/**
	 * Appends the string as UTF-8, encoded in place; lone surrogates become U+FFFD, as `TextEncoder` does it.
	 *
	 * @returns the number of bytes
	 */
	writeString(text: string): number {
		if (typeof text !== "string") throw argumentError("ByteBuffer.writeString: text", text, "a string");
		const { length } = text;
		// No code unit takes less than a byte, so this much is needed in any case.
		const at = this.room(length, "writeString");
		if (putAscii(text, this.storage, at)) {
			this.end = at + length;
			return length;
		}
		const { read, written } = putText(text, this.storage, at);
		const rest = read < length ? this.appendRest(encode(text.slice(read)), written) : 0;
		if (rest === 0) this.end = at + written;
		return written + rest;
	}

	/**
	 * Appends what there was no room for behind `written` bytes that are there, but not counted yet. There may be room after
	 * all: some engines stop early (Node from 25.4 on), or do not begin where there are 2 GiB of it (Node 20).
	 */
	private appendRest(rest: Uint8Array, written: number): number {
		// What is counted moves along to other storage.
		this.end += written;
		try {
			const at = this.room(rest.length, "writeString");
			this.storage.set(rest, at);
			this.end = at + rest.length;
		} catch (error) {
			this.end -= written;
			throw error;
		}
		return rest.length;
	}

	/** Moves up to `target.length` bytes into `target`; returns how many. */
	read(target: Uint8Array): number {
		if (!isBytes(target)) throw argumentError("ByteBuffer.read: target", target, "a Uint8Array");
		const length = Math.min(trueLength(target), this.length);
		const at = this.peek(length, "read");
		set.call(target, this.viewOfBytes(at, at + length));
		this.start = at + length;
		return length;
	}

	/** Consumes `length` bytes and returns them decoded from UTF-8, wrong sequences as U+FFFD. `ERR_POOL_RANGE` if fewer are held. */
	readString(length: number): string {
		expectInteger("ByteBuffer.readString: length", length, 0);
		const at = this.peek(length, "readString");
		const text = getText(this.storage, at, at + length, "ByteBuffer.readString");
		this.start = at + length;
		return text;
	}

	/** Consumes `n` bytes, or as many as there are, and returns them as a view, valid as {@link bytes}. */
	next(n: number): Storage {
		expectInteger("ByteBuffer.next: n", n, 0);
		return this.take(Math.min(n, this.length), "next");
	}

	/**
	 * Consumes the bytes up to and including the first `delimiter` (0 to 255), and returns them as a view, valid as
	 * {@link bytes}.
	 *
	 * @returns `undefined`, with nothing consumed, if the delimiter is not there (yet)
	 */
	readUntil(delimiter: number): Storage | undefined {
		expectInteger("ByteBuffer.readUntil: delimiter", delimiter, 0, 0xff);
		const at = this.bytes().indexOf(delimiter);
		return at < 0 ? undefined : this.take(at + 1, "readUntil");
	}

	private take(length: number, method: string): Storage {
		const at = this.peek(length, method);
		const bytes = this.viewOfBytes(at, at + length);
		this.start = at + length;
		return bytes;
	}

	/** The unread bytes decoded from UTF-8, wrong sequences as U+FFFD. Consumes nothing. */
	override toString(): string {
		return getText(this.storage, this.start, this.start + this.length, "ByteBuffer.toString");
	}

	/** What `JSON.stringify` takes: none of the bytes, which `toString` gives. */
	toJSON(): { readonly length: number; readonly capacity: number } {
		const { length, capacity } = this;
		return { length, capacity };
	}

	[inspectSymbol](): string {
		return `ByteBuffer(${this.length} of ${this.capacity} bytes)`;
	}

	/**
	 * Appends all that a source gives, strings as UTF-8, also where a code point is split between two chunks. The source is
	 * closed when reading ends early. Another `ByteBuffer` is read empty.
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
	 * Writes what is held to a sink, piece by piece, each when the sink has taken the one before; the sink is not ended.
	 *
	 * On failure the bytes that the sink did not confirm are still held. Rejects with the sink's own error; with
	 * `ERR_POOL_HOOK` if it closes before; with `signal.reason` as soon as the signal aborts.
	 *
	 * The sink gets copies, unless it is known to be done with a chunk when it settles the write: `WriteToOptions.copy`.
	 *
	 * @returns how many bytes were written
	 */
	async writeTo(sink: ByteSink, options: WriteToOptions = {}): Promise<number> {
		const how = readOptions("ByteBuffer.writeTo", options, WRITE_TO_OPTIONS);
		this.expectOwn("writeTo");
		if ((sink as unknown) === this) throw argumentError("ByteBuffer.writeTo: sink", sink, "another buffer");
		const outlet = openSink(sink);
		const progress: Progress = { written: 0, pending: false };
		try {
			const bytes = this.bytes();
			const giveBack = this.lend();
			try {
				await writeAll(outlet, bytes, progress, how);
			} finally {
				giveBack(progress.written, progress.pending);
			}
		} finally {
			outlet.release();
		}
		return progress.written;
	}
}
brand(ByteBuffer, "ByteBuffer");
