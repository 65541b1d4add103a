import { detached } from "#detached";
import { brand } from "../base/brand.ts";
import { disposeSymbol } from "../base/dispose-symbols.ts";
import { disposed, PoolError } from "../base/errors.ts";
import { inspectSymbol } from "../base/inspect-symbol.ts";
import { instrument, type PoolClass } from "../base/instrument.ts";
import { listPool } from "../base/pool-list.ts";
import { referTo } from "../base/refer-to.ts";
import { aFunction, anInteger, aString, expectValue, readOptions } from "../base/rules.ts";
import { throwIfAborted } from "../base/signal.ts";
import { expectStackRoom } from "../base/stack-room.ts";
import { follow, isThenable } from "../base/thenable.ts";
import { unposted } from "../base/unposted.ts";
import { type Attachment, attach, clearAwayAfter, detach } from "./attachment.ts";
import { add } from "./core/atomics.ts";
import { RESERVED_IDS, type SlotIndex } from "./core/layout.ts";
import { slotOfMessage, toMessage, wordOfMessage } from "./core/owner-word.ts";
import { LOST } from "./core/ownership.ts";
import { sweep } from "./core/reaper.ts";
import { enter, findAlive, NOBODY, type RuntimeId } from "./core/registry.ts";
import { slotCount } from "./core/slot-count.ts";
import type { ThreadCache } from "./core/thread-cache.ts";
import { exhausted } from "./exhausted.ts";
import { createMemory, expectPart, hashOf, openMemory, poolIdOf, type SharedPoolHandle } from "./handle.ts";
import { makeHandle } from "./make-handle.ts";
import { aLayout, describePool } from "./options.ts";
import { PoolMemory } from "./pool-memory.ts";
import { refuse } from "./rules.ts";
import { NOT_RESERVED, type PoolIdentity, type TrackedWorker } from "./runtimes/threads.ts";
import { isBlock, notHeld, type SharedBlock, SlotBlock } from "./shared-block.ts";
import { type SlotHolding, SPENT } from "./slot-holding.ts";
import type { SlotLayout } from "./slot-layout.ts";
import { getFor, type SharedLease, SlotLease } from "./slot-lease.ts";
import { snapshot } from "./snapshot.ts";
import { ThreadSlots } from "./thread-slots.ts";
import { TrackedWorkers } from "./tracked-workers.ts";
import type { AttachOptions, BytesPoolOptions, SharedPoolStats, StructPoolOptions } from "./types.ts";
import { type BlockSource, WAIT_OPTIONS, WaiterQueue, type WaitOptions } from "./waiter-queue.ts";

/** A runtime id, or none. */
const aReservedId = anInteger(0, 2 ** 30 - 1);

type Layout = SlotLayout<object> | undefined;

const UNPOSTED = unposted("pool.handle or pool.handleFor(worker)", "the pool itself");

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
	/** In front of all other fields. */
	protected readonly unposted: object = UNPOSTED;
	readonly name: string | undefined;
	/** Resolves once this thread may use the pool: at once on Node and Bun; elsewhere as soon as its end would be noticed. */
	readonly ready: Promise<void>;
	readonly #memory: PoolMemory;
	readonly #attachment: Attachment;
	readonly #workers: TrackedWorkers;
	/** This thread's way in; nothing before it is ready and after dispose. */
	#cache: ThreadCache<SlotHolding> | undefined;
	#slots: ThreadSlots | undefined;
	#isDisposed = false;
	#queue: WaiterQueue<SharedBlock<Fields>> | undefined;

	/** A new pool, in memory of its own. `ERR_POOL_OPTION` if an option is wrong, or there is no such memory. */
	static create<Fields extends object>(options: StructPoolOptions<Fields>): SharedPool<Fields>;
	static create(options: BytesPoolOptions): SharedPool;
	static create<Fields>(options: BytesPoolOptions | StructPoolOptions<Fields & object>): SharedPool<Fields> {
		const { description, slots, layout, name } = describePool(options);
		return SharedPool.#open(createMemory(description, slots), layout, name, NOT_RESERVED);
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
		options: Partial<AttachOptions<Fields & object>> = {},
	): SharedPool<Fields> {
		const { layout } = readOptions("SharedPool.attach", options, { layout: aLayout });
		const { memory: buffer, name, reservedId = NOT_RESERVED } = Object(handle) as Partial<SharedPoolHandle>;
		const memory = openMemory(buffer, handle);
		const { slotSize, signature } = memory.description;
		expectPart("reservedId", reservedId, aReservedId);
		expectPart("name", name ?? "", aString);
		// Another layout may have the same hash; none may reach beyond the slot.
		if (layout && (hashOf(layout.signature) !== signature || layout.byteLength !== slotSize)) {
			refuse("ERR_POOL_HANDLE", "SharedPool.attach: layout", "that of the pool", layout.signature);
		}
		return SharedPool.#open(memory, layout, name, reservedId as RuntimeId);
	}

	static #open<Fields>(
		memory: PoolMemory,
		layout: Layout,
		name: string | undefined,
		reserved: RuntimeId,
	): SharedPool<Fields> {
		const { words } = memory;
		const reserveId = () => (add(words, RESERVED_IDS, 1) + 1) as RuntimeId;
		const identity: PoolIdentity = { id: poolIdOf(words), reserveId };
		// The pool outlives the call: nothing that it begins keeps the caller's async context.
		return detached(() => {
			const attachment = attach(identity, reserved);
			attachment.layout ??= layout;
			const known = attachment.pool?.deref() as SharedPool<Fields> | undefined;
			if (known !== undefined) return known;
			const plain: unknown = SharedPool;
			const made: unknown = instrument.wrap?.("SharedPool", plain as PoolClass) ?? plain;
			const Class = made as typeof SharedPool<Fields>;
			return new Class(memory, identity, attachment, name);
		});
	}

	private constructor(
		memory: PoolMemory,
		identity: PoolIdentity,
		attachment: Attachment,
		name: string | undefined,
	) {
		if (!(memory instanceof PoolMemory)) {
			const expected = "SharedPool.create({ slotSize, slots }) or SharedPool.attach(handle)";
			throw new PoolError("ERR_POOL_ARGUMENT", `new SharedPool: expected ${expected} in its place`);
		}
		this.name = name;
		memory.name = name;
		this.#memory = memory;
		this.#attachment = attachment;
		this.#workers = new TrackedWorkers(identity);
		const { runtimeId } = attachment;
		const enter = (id: RuntimeId) => this.#enter(id);
		this.ready = typeof runtimeId === "number" ? Promise.resolve(enter(runtimeId)) : runtimeId.then(enter);
		attachment.pool = referTo(this);
		listPool("SharedPool", this);
	}

	#enter(id: RuntimeId): void {
		if (this.#isDisposed) return;
		const memory = this.#memory;
		const me = findAlive(memory, id) || enter(memory, id, NOBODY);
		if (me === NOBODY) {
			throw new PoolError("ERR_POOL_EXHAUSTED", "SharedPool: expected at most 1023 threads");
		}
		const attachment = this.#attachment;
		const slots = new ThreadSlots(memory, me, attachment);
		clearAwayAfter(this, { slots, attachment });
		sweep(memory, me);
		this.#slots = slots;
		this.#cache = slots.cache;
	}

	/**
	 * What other threads need to attach: post it, or pass it as `workerData`. In browsers and Deno, where the thread that
	 * tracks a worker must know it by an id, send a worker {@link handleFor} instead.
	 */
	get handle(): SharedPoolHandle {
		return makeHandle(this.#memory, NOT_RESERVED);
	}

	/**
	 * The handle for one worker, tracked from now on if it was not. Where the runtime tells of a worker's end by itself (Node,
	 * Bun), it is the same as {@link handle}; in browsers and Deno it carries an id by which {@link reap} knows the worker.
	 */
	handleFor(worker: object): SharedPoolHandle {
		return makeHandle(this.#memory, this.#track(worker, "SharedPool.handleFor").reserveId());
	}

	/**
	 * Takes a slot. `ERR_POOL_EXHAUSTED` if none is free: slots that other threads keep in their magazines count as taken,
	 * though these threads are asked to free them. `ERR_POOL_HANDLE` before {@link ready}.
	 */
	get(): SharedBlock<Fields> {
		// Made before a slot is taken: whatever throws from here on loses none.
		const block = new SlotBlock<Fields>();
		block.holding = this.#cache?.get() ?? this.#refuse();
		return block;
	}

	#refuse(): never {
		throw exhausted(this.#expectCache("SharedPool.get").memory as PoolMemory);
	}

	/** Takes a slot, or returns `undefined` where {@link get} finds none. */
	tryGet(): SharedBlock<Fields> | undefined {
		const block = new SlotBlock<Fields>();
		const holding = (this.#cache ?? this.#expectCache("SharedPool.tryGet")).get();
		if (holding === undefined) return undefined;
		block.holding = holding;
		return block;
	}

	/**
	 * Waits for a slot, first come, first served in this thread. Keeps the process alive meanwhile. Rejects with
	 * `ERR_POOL_TIMEOUT`, with the signal's reason, or with `ERR_POOL_DISPOSED`.
	 */
	async getAsync(given: WaitOptions = {}): Promise<SharedBlock<Fields>> {
		const options = readOptions("SharedPool.getAsync", given, WAIT_OPTIONS);
		const cache = this.#expectCache("SharedPool.getAsync");
		throwIfAborted(options.signal);
		this.#queue ??= new WaiterQueue<SharedBlock<Fields>>(sourceOf(cache));
		return this.#queue.wait(options);
	}

	/** Takes a slot as {@link get} does, to be used with `using`: it goes back once, at the end of the block. */
	lease(): SharedLease<Fields> {
		return new SlotLease(this);
	}

	/**
	 * Calls `work` with a block and puts it back when that is over: when it returned or threw, or its promise is settled;
	 * unless the block was put or given away.
	 *
	 * @returns what `work` returns
	 */
	use<R>(work: (block: SharedBlock<Fields>) => PromiseLike<R>): Promise<R>;
	use<R>(work: (block: SharedBlock<Fields>) => R): R;
	use<R>(work: (block: SharedBlock<Fields>) => R): R | Promise<Awaited<R>> {
		expectValue("ERR_POOL_ARGUMENT", "SharedPool.use: work", work, aFunction);
		// Work may overflow the stack; putting the block back then must not.
		expectStackRoom();
		const block = getFor("SharedPool.use", this);
		let result: R;
		try {
			result = work(block);
			if (isThenable(result)) return follow(result).finally(() => block[disposeSymbol]());
		} catch (error) {
			block[disposeSymbol]();
			throw error;
		}
		block[disposeSymbol]();
		return result;
	}

	/**
	 * Gives a slot back. `ERR_POOL_NOT_HELD` if this thread does not hold it: it was put or given away before, or its owner
	 * word moved on.
	 */
	put(block: SharedBlock<Fields>): void {
		const own = block as SlotBlock<Fields>;
		if (own?.holding?.held !== true || own.holding.cache !== this.#cache)
			this.#expectHeld("SharedPool.put", own);
		own.put();
	}

	/** A block that this thread got before it disposed of the pool, or dropped it, is its to put. */
	#expectHeld(what: string, block: SlotBlock<Fields>): void {
		if (!isBlock(block)) refuse("ERR_POOL_ARGUMENT", what, "a block of this pool", block);
		const { attachment, held } = block.holding;
		if (!held || attachment?.id !== this.#attachment.id) throw notHeld(what);
	}

	/**
	 * Spends the block and returns a number that stands for it in a message. Until somebody adopts it, the slot is this
	 * thread's, and lost to the receiver soon after this thread's end; given to a tracked worker by name, it is that worker's
	 * at once. A message works within 2²¹ changes of the slot's owner. `ERR_POOL_NOT_HELD` as for {@link put};
	 * `ERR_POOL_ARGUMENT`, and the block stays held, if this pool does not track the worker or it has ended, or, in browsers
	 * and Deno, has not attached yet.
	 */
	give(block: SharedBlock<Fields>, worker?: object): number {
		const own = block as SlotBlock<Fields>;
		this.#expectHeld("SharedPool.give", own);
		const { holding } = own;
		const word =
			worker === undefined
				? holding.word
				: this.#workers.giveTo(worker, holding, this.#expectCache("SharedPool.give"));
		const message = word === LOST ? undefined : toMessage(holding.slot, word, this.#memory.key);
		holding.held = false;
		own.holding = SPENT;
		if (message === undefined) throw notHeld("SharedPool.give");
		return message;
	}

	/** Makes the block of a message this thread's: once. `ERR_POOL_NOT_HELD` if it was adopted, revoked or reclaimed. */
	adopt(message: number): SharedBlock<Fields> {
		const block = this.#adopt("SharedPool.adopt", message);
		if (block === undefined) throw notHeld("SharedPool.adopt");
		return block;
	}

	/** Takes back a block that nobody has adopted; `undefined` if somebody has. */
	revoke(message: number): SharedBlock<Fields> | undefined {
		return this.#adopt("SharedPool.revoke", message);
	}

	#adopt(what: string, message: number): SharedBlock<Fields> | undefined {
		const cache = this.#expectCache(what);
		const last = slotCount(cache.memory) * 2 ** 32 - 1;
		expectValue("ERR_POOL_ARGUMENT", `${what}: message`, message, anInteger(0, last));
		const block = new SlotBlock<Fields>();
		const slot: SlotIndex = slotOfMessage(message);
		const holding = cache.adopt(slot, wordOfMessage(message, this.#memory.key));
		if (holding === undefined) return undefined;
		block.holding = holding;
		return block;
	}

	/**
	 * Takes back what a worker held when it ends. Call it in the thread that made the worker, once for each worker, and again
	 * in workers that make workers. On Node and Bun (a `Worker` of `node:worker_threads`) that is all. In browsers and Deno,
	 * post the worker {@link handleFor}, and call {@link reap} after `terminate()`.
	 *
	 * @returns the worker
	 */
	track<W extends object>(worker: W): W {
		this.#track(worker, "SharedPool.track");
		return worker;
	}

	#track(worker: object, method: string): TrackedWorker {
		return this.#workers.track(worker, method, () => this.#expectCache(method));
	}

	/**
	 * Resolves once a tracked worker has taken its last step and what it held is free. Where no event tells of that (browsers,
	 * Deno), call it after `terminate()`; it is an `ERR_POOL_ARGUMENT` there unless the worker was sent {@link handleFor}.
	 */
	async reap(worker: object): Promise<void> {
		await this.#workers.reap(worker, this.#expectCache("SharedPool.reap"));
	}

	/** A snapshot; see {@link SharedPoolStats}. */
	stats(): SharedPoolStats {
		return snapshot(this.#memory, this.name, this.#cache?.cached ?? 0, this.#slots?.out ?? 0);
	}

	/**
	 * Gives up this thread's part: frees what it has cached; `get` throws from now on, a late put frees its slot. The thread's
	 * entry in the pool, one of 1,023, stays until the thread ends.
	 */
	[disposeSymbol](): void {
		this.#cache = undefined;
		this.#isDisposed = true;
		detach(this.#attachment);
		this.#queue?.close(disposed("SharedPool.getAsync"));
		this.#slots?.close();
	}

	[inspectSymbol](): string {
		const { name = "", slotSize, slots, maxSlots, free } = this.stats();
		return `SharedPool ${name && `${name} `}{ ${free} of ${slots} slots free, at most ${maxSlots}, ${slotSize} bytes each }`;
	}

	#expectCache(what: string): ThreadCache<SlotHolding> {
		if (this.#cache !== undefined) return this.#cache;
		if (this.#isDisposed) throw disposed(what);
		throw new PoolError("ERR_POOL_HANDLE", `${what}: expected a pool that is ready; await pool.ready first`);
	}
}
brand(SharedPool, "SharedPool");

function sourceOf<Fields>(cache: ThreadCache<SlotHolding>): BlockSource<SharedBlock<Fields>> {
	return {
		memory: cache.memory,
		take() {
			const block = new SlotBlock<Fields>();
			const holding = cache.get();
			if (holding === undefined) return undefined;
			block.holding = holding;
			return block;
		},
		pause: () => cache.pause(),
		resume: () => cache.resume(),
	};
}
