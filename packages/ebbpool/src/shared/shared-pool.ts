import { threads } from "#threads";
import { PoolError } from "../errors.ts";
import { type AbortSignalLike, expectOptions, expectValue, type Rule } from "../options.ts";
import { add, store } from "./atomics.ts";
import { giveTo } from "./hand-over.ts";
import {
	badHandle,
	createMemory,
	type Description,
	hashOf,
	openMemory,
	poolIdOf,
	type SharedPoolHandle,
} from "./handle.ts";
import { answerWhenIdle } from "./hunger.ts";
import { BIRTHS, parentAt, type SlotIndex } from "./layout.ts";
import { isBirth, type Membership, memberships } from "./membership.ts";
import { aLayout, describePool } from "./options.ts";
import { isFree, ownerOf, slotOfMessage, toMessage, wordOfMessage } from "./owner-word.ts";
import type { PoolMemory } from "./pool-memory.ts";
import { reap, sweep } from "./reaper.ts";
import { deadThreads, enter, findAlive, loadState, NOBODY, type RuntimeId, runtimeIdOf } from "./registry.ts";
import { notHeld, type SharedBlock, SlotBlock, type SlotLayout } from "./shared-block.ts";
import { slotCount } from "./slot-count.ts";
import { snapshot } from "./snapshot.ts";
import { ThreadShare } from "./thread-share.ts";
import type { PoolIdentity, TrackedWorker } from "./threads.ts";
import type { AttachOptions, BytesPoolOptions, SharedPoolStats, StructPoolOptions } from "./types.ts";
import { WaitingLine, type WaitOptions } from "./waiting-line.ts";

const aSignal: Rule = {
	expected: "an AbortSignal",
	accepts: (value) => typeof (Object(value) as Partial<AbortSignalLike>).addEventListener === "function",
};

const WAIT_OPTIONS = {
	signal: aSignal,
	timeout: {
		expected: "milliseconds from 0 to 2147483647",
		accepts: (value: unknown) => typeof value === "number" && value >= 0 && value < 2 ** 31,
	},
};

const aMessage: Rule = {
	expected: "a number that give() returned",
	accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};

/** Has no slot and takes none: stands where there is no share, so that the fast path need not ask. */
const ABSENT = { get: () => undefined, magazine: [] } as unknown as ThreadShare<never>;

type Layout<Fields> = SlotLayout<Fields & object> | undefined;

/**
 * One pool of fixed-size memory slots for all threads.
 *
 * **Promises.** `get` returns a slot that no other thread has. With `zero: "put"`, the default, nobody sees what another
 * user wrote. What a dead thread held comes back, exactly that, zeroed, once its end is known: see {@link track}.
 *
 * **For** payloads that several threads work on in turn: frames, records, buffers of workers.
 *
 * **Not for** objects (only bytes can be shared), nor for memory that should shrink: a pool is bounded, has no
 * generations, and memory once touched stays until every thread drops the pool. Not a lock: nothing keeps two threads
 * apart that use one slot after it was put.
 *
 * **Concurrency.** Any number of threads up to 1,023, each with its own `SharedPool` object on the same memory. No call
 * but `getAsync` ever waits for another thread. What a thread wrote before it put or gave a block, the next holder sees.
 *
 * @typeParam Fields - the accessors of a pool with a `layout`; else `undefined`
 *
 * @example
 * ```ts
 * import { SharedPool } from "ebbpool/shared";
 *
 * const pool = SharedPool.create({ slotSize: 1024, slots: 64 });
 * await pool.ready;
 * const block = pool.get();
 * block.bytes[0] = 1;
 * pool.put(block);
 * console.log(pool.stats().held - pool.stats().kept); // 0
 * ```
 */
export class SharedPool<Fields = undefined> implements Disposable {
	readonly name: string | undefined;
	/** Resolves once this thread may use the pool: at once on Node and Bun; elsewhere as soon as it holds its Web Lock. */
	readonly ready: Promise<void>;
	readonly #memory: PoolMemory;
	readonly #layout: Layout<Fields>;
	readonly #identity: PoolIdentity;
	readonly #magazine: number;
	readonly #blocks: SlotBlock<Fields>[] = [];
	readonly #tracked = new WeakMap<object, TrackedWorker>();
	/** This thread's way in; {@link ABSENT} before it is ready and after dispose. */
	#share: ThreadShare<SlotBlock<Fields>> = ABSENT;
	/** The share of a pool that was disposed of, for blocks that come late. */
	#closed: ThreadShare<SlotBlock<Fields>> | undefined;
	#line: WaitingLine<SharedBlock<Fields>> | undefined;

	/** A new pool, in memory of its own. `ERR_POOL_OPTION` if an option is wrong, or there is no such memory. */
	static create<Fields extends object>(options: StructPoolOptions<Fields>): SharedPool<Fields>;
	static create(options: BytesPoolOptions): SharedPool;
	static create<Fields>(options: BytesPoolOptions | StructPoolOptions<Fields & object>): SharedPool<Fields> {
		const description = describePool(options);
		const layout = options.layout as Layout<Fields>;
		return new SharedPool(createMemory(description), description, layout, options.name, 0);
	}

	/**
	 * The pool that a handle is of, for this thread; the same object as before if this thread is attached already.
	 * `ERR_POOL_HANDLE` if it is no handle, or one of another version, or with another layout.
	 */
	static attach<Fields extends object>(
		handle: SharedPoolHandle,
		options: AttachOptions<Fields>,
	): SharedPool<Fields>;
	static attach(handle: SharedPoolHandle): SharedPool;
	static attach<Fields>(
		handle: SharedPoolHandle,
		options?: AttachOptions<Fields & object>,
	): SharedPool<Fields> {
		if (options !== undefined) expectOptions("SharedPool.attach", options, { layout: aLayout });
		const layout = options?.layout as Layout<Fields>;
		const { memory: buffer, name, birth = 0 } = Object(handle) as Partial<SharedPoolHandle>;
		const { memory, description } = openMemory(buffer);
		const { signature } = description;
		if (!isBirth(birth) || (name !== undefined && typeof name !== "string")) {
			throw badHandle("the handle of a pool");
		}
		if (layout !== undefined && hashOf(layout.signature) !== signature) {
			throw badHandle("the layout that the pool was created with");
		}
		const attached = memberships.get(poolIdOf(memory.words))?.pool?.deref();
		if (attached !== undefined) return attached as SharedPool<Fields>;
		return new SharedPool(memory, description, layout, name, birth);
	}

	private constructor(
		memory: PoolMemory,
		{ magazine }: Description,
		layout: Layout<Fields>,
		name: string | undefined,
		birth: number,
	) {
		this.name = name;
		this.#memory = memory;
		this.#layout = layout;
		this.#magazine = magazine;
		const id = poolIdOf(memory.words);
		const nextBirth = () => (add(memory.words, BIRTHS, 1) + 1) as RuntimeId;
		this.#identity = { id, nextBirth };
		let membership = memberships.get(id);
		if (membership === undefined) {
			membership = { life: threads.live(this.#identity, birth), pool: undefined };
			memberships.set(id, membership);
		}
		membership.pool = new WeakRef(this);
		this.ready = this.#begin(membership);
	}

	#begin({ life }: Membership): Promise<void> {
		if (life.ready !== undefined) return life.ready.then(() => this.#enter(life.id));
		this.#enter(life.id);
		return Promise.resolve();
	}

	#enter(id: RuntimeId): void {
		const memory = this.#memory;
		const me = findAlive(memory, id) || enter(memory, id, NOBODY);
		if (me === NOBODY) {
			throw new PoolError("ERR_POOL_EXHAUSTED", "SharedPool: expected less than 1023 threads");
		}
		const share: ThreadShare<SlotBlock<Fields>> = new ThreadShare(memory, me, this.#magazine, (slot) =>
			this.#blockOf(slot, share),
		);
		if (this.#magazine > 0) answerWhenIdle(memory.words, new WeakRef(share));
		if (deadThreads(memory).length > 0) sweep(memory, me);
		this.#share = share;
	}

	#blockOf(slot: SlotIndex, share: ThreadShare<SlotBlock<Fields>>): SlotBlock<Fields> {
		let block = this.#blocks[slot];
		if (block === undefined) {
			block = new SlotBlock(slot, share, this, this.#memory, this.#layout);
			this.#blocks[slot] = block;
		}
		return block;
	}

	/** What other threads need to attach: post it, or pass it as `workerData`. Read it anew for each worker. */
	get handle(): SharedPoolHandle {
		const identity = this.#identity;
		return {
			memory: this.#memory.buffer,
			name: this.name,
			get birth() {
				return threads.birth(identity);
			},
		};
	}

	/**
	 * Takes a slot. `ERR_POOL_EXHAUSTED` if none is free: slots that other threads keep in their magazines count as taken,
	 * though these threads are asked to free them. `ERR_POOL_HANDLE` before {@link ready}.
	 */
	get(): SharedBlock<Fields> {
		return this.#share.get() ?? this.#refuse();
	}

	#refuse(): never {
		const { maxSlots } = this.#expectShare("get").memory;
		throw new PoolError(
			"ERR_POOL_EXHAUSTED",
			`get: expected a free slot, but ${maxSlots} are taken; getAsync() waits for one`,
		);
	}

	/** Takes a slot, or returns `undefined` where {@link get} finds none. */
	tryGet(): SharedBlock<Fields> | undefined {
		return this.#expectShare("tryGet").get();
	}

	/**
	 * Waits for a slot, first come, first served in this thread. Keeps the process alive meanwhile. Rejects with
	 * `ERR_POOL_TIMEOUT`, with the signal's reason, or with `ERR_POOL_DISPOSED`.
	 */
	async getAsync(options: WaitOptions = {}): Promise<SharedBlock<Fields>> {
		expectOptions("getAsync", options, WAIT_OPTIONS);
		const share = this.#expectShare("getAsync");
		options.signal?.throwIfAborted();
		this.#line ??= new WaitingLine(
			this.#memory,
			() => share.get(),
			(active) => (active ? share.pause() : share.resume()),
		);
		return this.#line.wait(options);
	}

	/**
	 * Gives a slot back. `ERR_POOL_NOT_HELD` if this thread does not hold it: it was put or given away before, or its owner
	 * word moved on.
	 */
	put(block: SharedBlock<Fields>): void {
		const own = block as SlotBlock<Fields>;
		const share = this.#share;
		if (own?.share !== share || !own.held) this.#putSlow(own);
		else if (!share.put(own)) throw notHeld("put");
	}

	#putSlow(block: SlotBlock<Fields>): void {
		this.#expectHeld("put", block);
		if (!this.#closed?.put(block)) throw notHeld("put");
	}

	#expectHeld(what: string, block: SlotBlock<Fields>): void {
		if (!(block instanceof SlotBlock)) {
			throw new PoolError("ERR_POOL_ARGUMENT", `${what}: expected a block of this pool`);
		}
		if ((block.share !== this.#share && block.share !== this.#closed) || !block.held) throw notHeld(what);
	}

	/**
	 * Spends the block and returns a number that stands for it in a message. Until somebody adopts it, the slot is this
	 * thread's, and lost to the receiver if this thread dies; given to a tracked worker by name, it is that worker's at once.
	 * `ERR_POOL_NOT_HELD` as for {@link put}; `ERR_POOL_ARGUMENT` if the worker is not attached or not alive, and then the
	 * block stays held.
	 */
	give(block: SharedBlock<Fields>, worker?: object): number {
		const own = block as SlotBlock<Fields>;
		this.#expectHeld("give", own);
		if (worker !== undefined) this.#giveTo(own, worker);
		own.held = false;
		return toMessage(own.slot, own.word);
	}

	#giveTo(block: SlotBlock<Fields>, worker: object): void {
		const { memory, me } = this.#expectShare("give");
		for (const id of this.#expectTracked("give", worker).ids()) {
			const to = findAlive(memory, id);
			if (to === NOBODY) continue;
			const word = giveTo(memory, block.slot, block.word, to, id, me);
			block.word = word as typeof block.word;
			if (ownerOf(block.word) === to) return;
			if (ownerOf(block.word) !== me) {
				block.held = false;
				throw notHeld("give");
			}
		}
		throw new PoolError("ERR_POOL_ARGUMENT", "give: expected a worker that is attached and alive");
	}

	/** Makes the block of a message this thread's: once. `ERR_POOL_NOT_HELD` if it was adopted, revoked or reclaimed. */
	adopt(message: number): SharedBlock<Fields> {
		const block = this.#adopt("adopt", message);
		if (block === undefined) {
			throw new PoolError(
				"ERR_POOL_NOT_HELD",
				"adopt: expected a message that was not adopted, revoked or reclaimed before",
			);
		}
		return block;
	}

	/** Takes back a block that nobody has adopted; `undefined` if somebody has. */
	revoke(message: number): SharedBlock<Fields> | undefined {
		return this.#adopt("revoke", message);
	}

	#adopt(what: string, message: number): SharedBlock<Fields> | undefined {
		const share = this.#expectShare(what);
		expectValue("ERR_POOL_ARGUMENT", `${what}: message`, message, aMessage);
		const slot = slotOfMessage(message);
		const word = wordOfMessage(message);
		if (slot >= slotCount(this.#memory) || isFree(word)) {
			throw new PoolError("ERR_POOL_ARGUMENT", `${what}: expected a message of this pool, got ${message}`);
		}
		return share.adopt(slot, word);
	}

	/**
	 * Takes back what a worker held when it ends. Call it in the thread that made the worker, once for each worker, and again
	 * in workers that make workers. On Node and Bun that is all. In browsers and Deno, post {@link handle} by the tracked
	 * worker's `postMessage` (or construct the worker with it right before), and call {@link reap} after `terminate()`.
	 *
	 * @returns the worker
	 */
	track<W extends object>(worker: W): W {
		if (this.#tracked.has(worker)) return worker;
		const tracked = threads.track(this.#identity, worker);
		if (!threads.exits) {
			this.#tracked.set(worker, tracked);
			return worker;
		}
		const share = this.#expectShare("track");
		for (const id of tracked.ids()) this.#registerChild(share, id);
		const ended = tracked.ended((ids) => this.#sweep(share, ids));
		this.#tracked.set(worker, { ids: tracked.ids, ended: () => ended });
		return worker;
	}

	/** In advance, so that this thread can give to the worker at once, and the worker ends with this thread. */
	#registerChild({ memory, me }: ThreadShare<SlotBlock<Fields>>, id: RuntimeId): void {
		const parent = runtimeIdOf(loadState(memory, me));
		const child = findAlive(memory, id);
		if (child === NOBODY) enter(memory, id, parent);
		else store(memory.words, parentAt(child), parent);
	}

	#sweep({ memory, me }: ThreadShare<SlotBlock<Fields>>, ids: readonly RuntimeId[]): void {
		for (const id of ids) reap(memory, id, me);
	}

	#expectTracked(what: string, worker: object): TrackedWorker {
		const tracked = this.#tracked.get(worker);
		if (tracked !== undefined) return tracked;
		throw new PoolError("ERR_POOL_ARGUMENT", `${what}: expected a worker that this pool tracks`);
	}

	/**
	 * Resolves once a tracked worker has taken its last step and what it held is free. Where no event tells of that (browsers,
	 * Deno), call it after `terminate()`.
	 */
	async reap(worker: object): Promise<void> {
		const share = this.#expectShare("reap");
		await this.#expectTracked("reap", worker).ended((ids) => this.#sweep(share, ids));
	}

	/** A snapshot; see {@link SharedPoolStats}. */
	stats(): SharedPoolStats {
		const share = this.#share;
		const kept = share.magazine.length + (share.private === undefined ? 0 : 1);
		return snapshot(this.#memory, this.name, kept);
	}

	/** Gives up this thread's share: frees its magazine; `get` throws from now on, a late put frees its slot. */
	[Symbol.dispose](): void {
		const share = this.#share;
		if (share === ABSENT) return;
		this.#share = ABSENT;
		this.#closed = share;
		share.pause();
		const membership = memberships.get(this.#identity.id);
		if (membership?.pool?.deref() === this) membership.pool = undefined;
		this.#line?.close(new PoolError("ERR_POOL_DISPOSED", "getAsync: the pool was disposed of"));
	}

	#expectShare(what: string): ThreadShare<SlotBlock<Fields>> {
		const share = this.#share;
		if (share !== ABSENT) return share;
		if (this.#closed !== undefined) {
			throw new PoolError("ERR_POOL_DISPOSED", `${what}: expected a pool that is not disposed of`);
		}
		throw new PoolError("ERR_POOL_HANDLE", `${what}: expected a pool that is ready: await pool.ready`);
	}
}
