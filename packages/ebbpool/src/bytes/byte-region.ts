import { brand } from "../base/brand.ts";
import { disposeSymbol } from "../base/dispose-symbols.ts";
import { expectEngine, ifPossible } from "../base/engine.ts";
import { PoolError } from "../base/errors.ts";
import { anInteger, type Rule, readOptions } from "../base/rules.ts";
import { unposted } from "../base/unposted.ts";
import { expectInteger, trueLength } from "./expect.ts";
import type { Storage } from "./storage.ts";
import { allocate, EMPTY, heap, type StorageSource } from "./storage-source.ts";
import { quietly } from "./until-aborted.ts";

export interface ByteBufferOptions {
	/** Bytes of storage to begin with; default 0. */
	readonly capacity?: number | undefined;
	/**
	 * Where storage comes from and goes back to, usually a `BufferPool`; default: the heap. Give the storage back with
	 * `release()` or `using`, else the pool does not see it again.
	 */
	readonly pool?: StorageSource | undefined;
}

const aPool: Rule = {
	expected: "a pool with get and put",
	accepts: (value) => {
		const { get, put } = (value ?? {}) as Partial<StorageSource>;
		return typeof get === "function" && typeof put === "function";
	},
};

const OPTIONS = { capacity: anInteger(0), pool: aPool };

/** What an empty buffer allocates for its first small write. */
const FIRST_CAPACITY = 64;

const UNPOSTED = unposted("a copy of buffer.bytes()", "the buffer itself");

const EMPTY_VIEW: DataView = /* @__PURE__ */ ifPossible(() => new DataView(EMPTY.buffer));

/**
 * The storage of a buffer and the part of it that holds unread bytes:
 *
 *     0 … start … end … storage.length
 *     read  unread  free
 *
 * Each method moves `start` and `end` last, after all that can throw: a call that throws has changed nothing.
 *
 * Storage can be taken away at any time: transferred, or as WebAssembly memory that grows. It is shorter than `end` then,
 * or has no length at all. A buffer whose storage is lost holds nothing, and begins anew.
 */
export abstract class ByteRegion {
	/** In front of all other fields. */
	protected readonly unposted: object = UNPOSTED;
	protected storage: Storage = EMPTY;
	protected view: DataView = EMPTY_VIEW;
	protected start = 0;
	protected end = 0;
	/** The most unread bytes at any point where their number went down, since the last {@link reset}. */
	private peak = 0;
	/** The most unread bytes before that, since {@link resetAfterUse}. */
	private mostBefore = 0;
	/** Whether the storage is out with {@link lend}. */
	private lent = false;
	private readonly source: StorageSource;

	constructor(capacity: number | ByteBufferOptions = 0) {
		if (EMPTY_VIEW === undefined) expectEngine("ByteBuffer", "ArrayBuffer", "Uint8Array", "DataView");
		const given = typeof capacity === "number" ? { capacity } : capacity;
		const options = readOptions<ByteBufferOptions>("ByteBuffer", given, OPTIONS);
		this.source = options.pool ?? heap;
		const bytes = options.capacity ?? 0;
		if (bytes > 0) this.settle(allocate(this.source, "ByteBuffer", bytes, bytes), 0, 0);
	}

	/** Unread bytes. */
	get length(): number {
		return this.end > this.storage.length ? 0 : this.end - this.start;
	}

	/** Bytes of storage. */
	get capacity(): number {
		return this.storage.length;
	}

	/** Bytes that can be written before what is held has to move. */
	get available(): number {
		return this.storage.length - (this.length === 0 ? 0 : this.end);
	}

	/** The most bytes held at once since the last {@link reset}: what the storage was needed for. */
	get highWater(): number {
		return Math.max(this.peak, this.end - this.start);
	}

	/**
	 * The unread bytes, not copied: **valid until the next modification only**. A later write may overwrite them or move
	 * them to other storage, and once the buffer went back to its pool they are somebody else's. To keep them, copy:
	 * `buffer.bytes().slice()`. Never transfer or detach the view's `buffer`: the buffer is empty then.
	 */
	bytes(): Storage {
		this.noticeLoss();
		return this.viewOfBytes(this.start, this.end);
	}

	protected viewOfBytes(start: number, end: number): Storage {
		try {
			return this.storage.subarray(start, end);
		} catch {
			// All buffers without storage have the same, which somebody may have transferred.
			return new Uint8Array(0);
		}
	}

	/**
	 * Keeps the first `n` unread bytes and drops the rest; storage is kept. `ERR_POOL_RANGE` if there are fewer.
	 */
	truncate(n: number): void {
		this.expectOwn("truncate");
		this.noticeLoss();
		expectInteger("ByteBuffer.truncate: n", n, 0, this.length);
		this.peak = this.highWater;
		this.end = this.start + n;
	}

	/** Drops everything and begins `highWater` anew; storage is kept. */
	reset(): void {
		this.expectOwn("reset");
		this.noticeLoss();
		this.mostBefore = Math.max(this.mostBefore, this.highWater);
		this.start = 0;
		this.end = 0;
		this.peak = 0;
	}

	/**
	 * Makes room, so that the next `n` bytes are written without an allocation. `ERR_POOL_RANGE` if `n` is negative or there
	 * is no such memory.
	 */
	grow(n: number): void {
		expectInteger("ByteBuffer.grow: n", n, 0);
		this.room(n, "grow");
	}

	/** Changes to smaller storage: of `capacity` bytes, but always enough for what is held. */
	shrink(capacity = 0): void {
		this.expectOwn("shrink");
		this.noticeLoss();
		expectInteger("ByteBuffer.shrink: capacity", capacity, 0);
		const needed = Math.max(capacity, this.length);
		if (needed === 0) this.replace(EMPTY);
		else if (needed < this.capacity) {
			const storage = allocate(this.source, "ByteBuffer.shrink", needed, needed);
			// A pool may have nothing smaller.
			if (storage.length < this.capacity) this.replace(storage);
			else this.source.put(storage);
		}
	}

	/** Drops everything and gives the storage back. The buffer may be used again: it is as new, with capacity 0. */
	release(): void {
		this.expectOwn("release");
		this.reset();
		this.replace(EMPTY);
	}

	/** As {@link release}, for `using`. */
	[disposeSymbol](): void {
		this.release();
	}

	/** Makes sure that `n` bytes can be put at `end`, which is returned. */
	protected room(n: number, method: string): number {
		// Again if the source has used this very buffer meanwhile.
		while (n > this.storage.length - this.end) this.makeRoom(n, method);
		return this.end;
	}

	/** Makes sure that `n` bytes can be read from `start` on, which is returned. */
	protected peek(n: number, method: string): number {
		const { start, end } = this;
		const held = end - start;
		if (n > held || end > this.storage.length) this.expectHeld(n, method);
		if (held > this.peak) this.peak = held;
		return this.start;
	}

	private expectHeld(n: number, method: string): void {
		this.expectOwn(method);
		this.noticeLoss();
		if (n <= this.length) return;
		throw new PoolError(
			"ERR_POOL_RANGE",
			`ByteBuffer.${method}: expected ${n} unread bytes, got ${this.length}`,
		);
	}

	private makeRoom(n: number, method: string): void {
		this.expectOwn(method);
		this.noticeLoss();
		const { capacity, length } = this;
		const needed = length + n;
		// Sliding moves every byte held, so it must free at least as much as it moves.
		if (length === 0 ? n <= capacity : needed <= capacity / 2) {
			this.storage.copyWithin(0, this.start, this.end);
			this.start = 0;
			this.end = length;
		} else {
			const wanted = Math.max(needed, 2 * capacity, FIRST_CAPACITY);
			this.replace(allocate(this.source, `ByteBuffer.${method}`, wanted, needed));
		}
	}

	/** Moves what is held to other storage and gives the old one back. */
	private replace(storage: Storage): void {
		const old = this.storage;
		const { length } = this;
		if (length > 0) storage.set(this.bytes());
		this.settle(storage, 0, length);
		if (old.length > 0) this.source.put(old);
	}

	private settle(storage: Storage, start: number, end: number): void {
		// To the end of the memory, which may be resized. None, or taken away, has no view.
		const { buffer, byteOffset } = storage;
		this.view = storage.length === 0 ? EMPTY_VIEW : new DataView(buffer, byteOffset);
		this.storage = storage;
		this.start = start;
		this.end = end;
	}

	/** Begins anew, without storage, if the storage is lost. */
	private noticeLoss(): void {
		const lost = this.storage;
		const length = trueLength(lost);
		if (length >= this.end && (length > 0 || lost === EMPTY)) return;
		this.peak = this.highWater;
		this.settle(EMPTY, 0, 0);
		this.source.discard?.(lost);
	}

	/**
	 * Takes the unread bytes out of the buffer while somebody else reads them where they are. Until they are back the
	 * buffer looks empty, without capacity, and whatever would modify it throws: nothing is overwritten under the reader.
	 *
	 * @returns what ends the loan, given how many of the bytes were read, and whether the reader may still read any
	 */
	protected lend(): (read: number, pending: boolean) => void {
		this.expectOwn("writeTo");
		const { storage, start, end } = this;
		this.peak = this.highWater;
		this.settle(EMPTY, 0, 0);
		this.lent = true;
		return (read, pending) => {
			this.lent = false;
			this.settle(storage, start + read, end);
			// Who knows for how long somebody reads on: that storage is left to the collector.
			if (pending) this.leaveStorage();
		};
	}

	/** Moves what is held to other storage, and gives the old one up for good. */
	private leaveStorage(): void {
		const left = this.storage;
		const held = this.bytes();
		this.settle(EMPTY, 0, 0);
		try {
			this.write(held);
		} catch {
			// The caller has an error to see already, and must not lose the bytes.
			this.settle(new Uint8Array(held), 0, held.length);
		}
		quietly(() => this.source.discard?.(left));
	}

	/** Throws while the storage is lent. */
	protected expectOwn(method: string): void {
		if (this.lent) {
			throw new PoolError(
				"ERR_POOL_NOT_HELD",
				`ByteBuffer.${method}: expected a buffer that writeTo does not read; await writeTo first`,
			);
		}
	}

	// What the streams of a buffer do with it besides.
	abstract write(bytes: Uint8Array): number;
	abstract writeString(text: string): number;
	abstract next(n: number): Uint8Array;
}
// What takes another buffer may be given one of another copy.
brand(ByteRegion, "ByteBuffer");

/**
 * Resets a buffer that its user is done with.
 *
 * @returns the most bytes that it held at once since the last such reset, whatever its user reset meanwhile
 */
export function resetAfterUse(buffer: ByteRegion): number {
	buffer.reset();
	const most = buffer["mostBefore"];
	buffer["mostBefore"] = 0;
	return most;
}
