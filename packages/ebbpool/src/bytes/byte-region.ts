import { PoolError } from "../base/errors.ts";
import { anInteger, type Rule, readOptions } from "../base/rules.ts";
import { expectInteger } from "./expect.ts";
import { allocate, EMPTY, heap, type Storage, type StorageSource } from "./storage.ts";

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

const EMPTY_VIEW = new DataView(EMPTY.buffer);

/**
 * The storage of a buffer and the part of it that holds unread bytes:
 *
 *     0 … start … end … storage.length
 *     read  unread  free
 */
export abstract class ByteRegion {
	protected storage: Storage = EMPTY;
	protected view: DataView = EMPTY_VIEW;
	protected start = 0;
	protected end = 0;
	/** The most unread bytes at any point where their number went down. */
	private peak = 0;
	/** Whether the storage is out with {@link lend}. */
	private lent = false;
	private readonly source: StorageSource;

	constructor(capacity: number | ByteBufferOptions = 0) {
		const given = typeof capacity === "number" ? { capacity } : capacity;
		const options = readOptions<ByteBufferOptions>("ByteBuffer", given, OPTIONS);
		this.source = options.pool ?? heap;
		const bytes = options.capacity ?? 0;
		if (bytes > 0) this.settle(this.source.get(bytes), 0, 0);
	}

	/** Unread bytes. */
	get length(): number {
		return this.end - this.start;
	}

	/** Bytes of storage. */
	get capacity(): number {
		return this.storage.length;
	}

	/** Bytes that can be written before what is held has to move. */
	get available(): number {
		return this.storage.length - (this.start === this.end ? 0 : this.end);
	}

	/** The most bytes held at once since the last {@link reset}: what the storage was needed for. */
	get highWater(): number {
		return Math.max(this.peak, this.end - this.start);
	}

	/**
	 * The unread bytes, not copied: **valid until the next modification only**. A later write may overwrite them or move
	 * them to other storage, and once the buffer went back to its pool they are somebody else's. To keep them, copy:
	 * `buffer.bytes().slice()`. Never transfer or detach the view's `buffer`.
	 */
	bytes(): Storage {
		return this.storage.subarray(this.start, this.end);
	}

	/**
	 * Keeps the first `n` unread bytes and drops the rest; storage is kept. `ERR_POOL_RANGE` if there are fewer.
	 */
	truncate(n: number): void {
		this.expectOwn();
		expectInteger(n, 0, this.length);
		this.peak = this.highWater;
		this.end = this.start + n;
	}

	/** Drops everything and begins `highWater` anew; storage is kept. */
	reset(): void {
		this.expectOwn();
		this.start = 0;
		this.end = 0;
		this.peak = 0;
	}

	/**
	 * Makes room, so that the next `n` bytes are written without an allocation. `ERR_POOL_RANGE` if `n` is negative or there
	 * is no such memory.
	 */
	grow(n: number): void {
		expectInteger(n, 0);
		if (n > this.storage.length - this.end) this.makeRoom(n);
	}

	/** Changes to smaller storage: of `capacity` bytes, but always enough for what is held. */
	shrink(capacity = 0): void {
		this.expectOwn();
		expectInteger(capacity, 0);
		const needed = Math.max(capacity, this.length);
		if (needed === 0) this.replace(EMPTY);
		else if (needed < this.capacity) {
			const storage = allocate(this.source, needed, needed);
			// A pool may have nothing smaller.
			if (storage.length < this.capacity) this.replace(storage);
			else this.source.put(storage);
		}
	}

	/** Drops everything and gives the storage back. The buffer may be used again: it is as new, with capacity 0. */
	release(): void {
		this.reset();
		this.replace(EMPTY);
	}

	/** As {@link release}, for `using`. */
	[Symbol.dispose](): void {
		this.release();
	}

	/** Counts `n` bytes as written; returns the offset at which to put them. */
	protected append(n: number): number {
		if (n > this.storage.length - this.end) this.makeRoom(n);
		const at = this.end;
		this.end = at + n;
		return at;
	}

	/** Counts `n` bytes as read; returns the offset at which to find them. */
	protected consume(n: number): number {
		const at = this.start;
		const held = this.end - at;
		if (n > held) throw this.underflow(n);
		if (held > this.peak) this.peak = held;
		this.start = at + n;
		return at;
	}

	protected underflow(n: number): PoolError {
		this.expectOwn();
		return new PoolError("ERR_POOL_RANGE", `ByteBuffer: expected ${n} unread bytes, got ${this.length}`);
	}

	protected makeRoom(n: number): void {
		this.expectOwn();
		const { capacity, length } = this;
		const needed = length + n;
		// Sliding moves every byte held, so it must free at least as much as it moves.
		if (length === 0 ? n <= capacity : needed <= capacity / 2) {
			this.storage.copyWithin(0, this.start, this.end);
			this.start = 0;
			this.end = length;
		} else {
			this.replace(allocate(this.source, Math.max(needed, 2 * capacity, FIRST_CAPACITY), needed));
		}
	}

	/** Moves what is held to other storage and gives the old one back. */
	private replace(storage: Storage): void {
		const old = this.storage;
		const { length } = this;
		storage.set(this.bytes());
		this.settle(storage, 0, length);
		if (old.length > 0) this.source.put(old);
	}

	private settle(storage: Storage, start: number, end: number): void {
		this.storage = storage;
		this.view =
			storage === EMPTY ? EMPTY_VIEW : new DataView(storage.buffer, storage.byteOffset, storage.byteLength);
		this.start = start;
		this.end = end;
	}

	/**
	 * Takes the unread bytes out of the buffer while somebody else reads them where they are. Until they are back the
	 * buffer looks empty, without capacity, and whatever would modify it throws: nothing is overwritten under the reader.
	 *
	 * @returns what ends the loan, given how many of the bytes were read, and whether the reader may still read the others
	 */
	protected lend(): (read: number, pending: boolean) => void {
		this.expectOwn();
		const { storage, start, end } = this;
		this.peak = this.highWater;
		this.settle(EMPTY, 0, 0);
		this.lent = true;
		return (read, pending) => {
			this.lent = false;
			// Who knows for how long somebody reads on: that storage is left to the collector.
			if (pending) this.write(storage.subarray(start + read, end));
			else this.settle(storage, start + read, end);
		};
	}

	/** Throws while the storage is lent. */
	protected expectOwn(): void {
		if (this.lent) {
			throw new PoolError(
				"ERR_POOL_NOT_HELD",
				"ByteBuffer: expected writeTo to be over; await it before you use the buffer",
			);
		}
	}

	abstract write(bytes: Uint8Array): number;
}
