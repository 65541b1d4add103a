import { threads } from "#threads";
import { PoolError } from "../base/errors.ts";
import { anInteger, aString, expectValue, readOptions } from "../base/rules.ts";
import { throwIfAborted } from "../base/signal.ts";
import { type Attachment, attach, detach, dropped } from "./attachment.ts";
import { add } from "./core/atomics.ts";
import { giveTo, LOST } from "./core/hand-over.ts";
import { BIRTHS, type ThreadId } from "./core/layout.ts";
import { ownerOf, slotOfMessage, toMessage, wordOfMessage } from "./core/owner-word.ts";
import { sweep } from "./core/reaper.ts";
import { enter, findAlive, NOBODY, type RuntimeId } from "./core/registry.ts";
import { slotCount } from "./core/slot-count.ts";
import { ThreadCache } from "./core/thread-cache.ts";
import { answerWhenIdle } from "./flush-on-request.ts";
import { createMemory, expectPart, hashOf, openMemory, poolIdOf, type SharedPoolHandle } from "./handle.ts";
import { aLayout, describePool } from "./options.ts";
import type { PoolMemory } from "./pool-memory.ts";
import { refuse } from "./rules.ts";
import { NO_BIRTH, type PoolIdentity, type TrackedWorker } from "./runtimes/threads.ts";
import { notHeld, type SharedBlock, SlotBlock, type SlotLayout } from "./shared-block.ts";
import { snapshot } from "./snapshot.ts";
import type { AttachOptions, BytesPoolOptions, SharedPoolStats, StructPoolOptions } from "./types.ts";
import { WAIT_OPTIONS, WaitingLine, type WaitOptions } from "./waiting-line.ts";

/** A runtime id, or none. */
const aBirth = anInteger(0, 2 ** 30 - 1);

type Share<Fields> = ThreadCache<SlotBlock<Fields>>;
type Layout<Fields> = SlotLayout<Fields & object> | undefined;

/** Has no slot and takes none: stands where there is no share, so that the fast path need not ask. */
const ABSENT = { get: () => undefined, magazine: [], close: () => {} } as unknown as Share<never>;

const disposed = (what: string): PoolError =>
	new PoolError("ERR_POOL_DISPOSED", `${what}: expected a pool that is not disposed of`);

/** Refers to nothing that refers to the pool: the pool can be collected before it, and it is closed then. */
function openShare<Fields>(memory: PoolMemory, me: ThreadId, attachment: Attachment): Share<Fields> {
	const blocks: SlotBlock<Fields>[] = [];
	const share: Share<Fields> = new ThreadCache(memory, me, memory.description.magazine, (slot) => {
		blocks[slot] ??= new SlotBlock(slot, share, attachment, memory);
		return blocks[slot];
	});
	return share;
}

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
	/** Resolves once this thread may use the pool: at once on Node and Bun; elsewhere as soon as its end would be noticed. */
	readonly ready: Promise<void>;
	readonly #memory: PoolMemory;
	readonly #identity: PoolIdentity;
	readonly #attachment: Attachment;
	readonly #tracked = new WeakMap<object, TrackedWorker>();
	/** This thread's way in; {@link ABSENT} before it is ready and after dispose. */
	#share: Share<Fields> = ABSENT;
	#disposed = false;
	#line: WaitingLine<SharedBlock<Fields>> | undefined;

	/** A new pool, in memory of its own. `ERR_POOL_OPTION` if an option is wrong, or there is no such memory. */
	static create<Fields extends object>(options: StructPoolOptions<Fields>): SharedPool<Fields>;
	static create(options: BytesPoolOptions): SharedPool;
	static create<Fields>(options: BytesPoolOptions | StructPoolOptions<Fields & object>): SharedPool<Fields> {
		const memory = createMemory(describePool(options), options.slots);
		return SharedPool.#join(memory, options.layout as Layout<Fields>, options.name, NO_BIRTH);
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
		const { memory: buffer, name, birth = NO_BIRTH } = Object(handle) as Partial<SharedPoolHandle>;
		const memory = openMemory(buffer);
		const { slotSize, signature } = memory.description;
		expectPart("birth", birth, aBirth);
		expectPart("name", name ?? "", aString);
		// Another layout may have the same hash; none may reach beyond the slot.
		if (layout && (hashOf(layout.signature) !== signature || layout.byteLength !== slotSize)) {
			refuse("ERR_POOL_HANDLE", "SharedPool.attach: layout", "that of the pool", layout.signature);
		}
		return SharedPool.#join(memory, layout, name, birth as RuntimeId);
	}

	static #join<Fields>(
		memory: PoolMemory,
		layout: Layout<Fields>,
		name: string | undefined,
		birth: RuntimeId,
	): SharedPool<Fields> {
		const { words } = memory;
		const nextBirth = () => (add(words, BIRTHS, 1) + 1) as RuntimeId;
		const identity: PoolIdentity = { id: poolIdOf(words), nextBirth, births: [] };
		const attachment = attach(identity, birth);
		attachment.layout ??= layout;
		return (
			(attachment.pool?.deref() as SharedPool<Fields> | undefined) ??
			new SharedPool(memory, identity, attachment, name)
		);
	}

	private constructor(
		memory: PoolMemory,
		identity: PoolIdentity,
		attachment: Attachment,
		name: string | undefined,
	) {
		this.name = name;
		this.#memory = memory;
		this.#identity = identity;
		this.#attachment = attachment;
		const { life } = attachment;
		const enter = (id: RuntimeId) => this.#enter(id);
		this.ready = typeof life === "number" ? Promise.resolve(enter(life)) : life.then(enter);
		attachment.pool = new WeakRef(this);
	}

	#enter(id: RuntimeId): void {
		if (this.#disposed) return;
		const memory = this.#memory;
		const me = findAlive(memory, id) || enter(memory, id, NOBODY);
		if (me === NOBODY) {
			throw new PoolError("ERR_POOL_EXHAUSTED", "SharedPool: expected at most 1023 threads");
		}
		const attachment = this.#attachment;
		const share = openShare<Fields>(memory, me, attachment);
		if (memory.description.magazine > 0) answerWhenIdle(new WeakRef(share));
		dropped.register(this, { share, attachment });
		sweep(memory, me);
		this.#share = share;
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
			`get: expected a free slot, but ${maxSlots} are taken; getAsync waits`,
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
	async getAsync(given: WaitOptions = {}): Promise<SharedBlock<Fields>> {
		const options = readOptions("getAsync", given, WAIT_OPTIONS);
		const share = this.#expectShare("getAsync");
		throwIfAborted(options.signal);
		this.#line ??= new WaitingLine<SharedBlock<Fields>>(share);
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
		block[Symbol.dispose]();
	}

	/** A block that this thread got before it disposed of the pool, or dropped it, is its to put. */
	#expectHeld(what: string, block: SlotBlock<Fields>): void {
		if (!(block instanceof SlotBlock)) refuse("ERR_POOL_ARGUMENT", what, "a block of this pool", block);
		if (block.attachment.id !== this.#attachment.id || !block.held) throw notHeld(what);
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
		this.#expectHeld("give", own);
		if (worker !== undefined) this.#giveTo(own, worker);
		own.held = false;
		return toMessage(own.slot, own.word, this.#memory.key);
	}

	#giveTo(block: SlotBlock<Fields>, worker: object): void {
		const { memory, me } = this.#expectShare("give");
		for (const id of this.#tracked.get(worker)?.ids ?? []) {
			const to = findAlive(memory, id);
			if (to === NOBODY) continue;
			const word = giveTo(memory, block.slot, block.word, to, id, me);
			if (word === LOST) {
				block.held = false;
				throw notHeld("give");
			}
			block.word = word;
			if (ownerOf(word) === to) return;
		}
		refuse("ERR_POOL_ARGUMENT", "give", "a tracked worker that is attached and alive", worker);
	}

	/** Makes the block of a message this thread's: once. `ERR_POOL_NOT_HELD` if it was adopted, revoked or reclaimed. */
	adopt(message: number): SharedBlock<Fields> {
		const block = this.#adopt("adopt", message);
		if (block === undefined) throw notHeld("adopt");
		return block;
	}

	/** Takes back a block that nobody has adopted; `undefined` if somebody has. */
	revoke(message: number): SharedBlock<Fields> | undefined {
		return this.#adopt("revoke", message);
	}

	#adopt(what: string, message: number): SharedBlock<Fields> | undefined {
		const share = this.#expectShare(what);
		expectValue(
			"ERR_POOL_ARGUMENT",
			`${what}: message`,
			message,
			anInteger(0, slotCount(share.memory) * 2 ** 32 - 1),
		);
		return share.adopt(slotOfMessage(message), wordOfMessage(message, this.#memory.key));
	}

	/**
	 * Takes back what a worker held when it ends. Call it in the thread that made the worker, once for each worker, and again
	 * in workers that make workers. On Node and Bun (a `Worker` of `node:worker_threads`) that is all. In browsers and Deno, post {@link handle} by the tracked
	 * worker's `postMessage` (or construct the worker with it right before), and call {@link reap} after `terminate()`.
	 *
	 * @returns the worker
	 */
	track<W extends object>(worker: W): W {
		if (!this.#tracked.has(worker)) {
			this.#tracked.set(
				worker,
				threads.track(this.#identity, worker, () => this.#expectShare("track")),
			);
		}
		return worker;
	}

	/**
	 * Resolves once a tracked worker has taken its last step and what it held is free. Where no event tells of that (browsers,
	 * Deno), call it after `terminate()`.
	 */
	async reap(worker: object): Promise<void> {
		const share = this.#expectShare("reap");
		const tracked =
			this.#tracked.get(worker) ?? refuse("ERR_POOL_ARGUMENT", "reap", "a tracked worker", worker);
		await tracked.reap(share);
	}

	/** A snapshot; see {@link SharedPoolStats}. */
	stats(): SharedPoolStats {
		const share = this.#share;
		const kept = share.magazine.length + Number(share.private !== undefined);
		return snapshot(this.#memory, this.name, kept);
	}

	/**
	 * Gives up this thread's share: frees its magazine; `get` throws from now on, a late put frees its slot. The thread's entry
	 * in the pool, one of 1,023, stays until the thread ends.
	 */
	[Symbol.dispose](): void {
		this.#share.close();
		this.#share = ABSENT;
		this.#disposed = true;
		detach(this.#attachment);
		this.#line?.close(disposed("getAsync"));
	}

	#expectShare(what: string): ThreadCache<SlotBlock<Fields>> {
		const share = this.#share;
		if (share !== ABSENT) return share;
		if (this.#disposed) throw disposed(what);
		throw new PoolError("ERR_POOL_HANDLE", `${what}: expected a pool that is ready`);
	}
}
