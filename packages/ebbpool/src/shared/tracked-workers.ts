import { threads } from "#threads";
import { giveTo } from "./core/hand-over.ts";
import { type OwnerWord, ownerOf } from "./core/owner-word.ts";
import { LOST } from "./core/ownership.ts";
import { findAlive, NOBODY } from "./core/registry.ts";
import { refuse } from "./rules.ts";
import type { Entry, PoolIdentity, TrackedWorker } from "./runtimes/threads.ts";
import type { SlotHolding } from "./slot-holding.ts";

/** The workers of whose end this thread is to hear, on behalf of one pool. */
export class TrackedWorkers {
	readonly #pool: PoolIdentity;
	readonly #workers = new WeakMap<object, TrackedWorker>();

	constructor(pool: PoolIdentity) {
		this.#pool = pool;
	}

	/**
	 * @param method - which asks for it
	 * @param entry - this thread's; an error if it has none yet
	 */
	track(worker: object, method: string, entry: () => Entry): TrackedWorker {
		const known = this.#workers.get(worker);
		if (known !== undefined) return known;
		const tracked = threads.track(this.#pool, worker, method, entry);
		this.#workers.set(worker, tracked);
		return tracked;
	}

	async reap(worker: object, entry: Entry): Promise<void> {
		const tracked =
			this.#workers.get(worker) ??
			refuse("ERR_POOL_ARGUMENT", "SharedPool.reap: worker", "a tracked worker", worker);
		await tracked.reap(entry);
	}

	/** @returns the slot's owner word: the worker's; or {@link LOST} if it was not this thread's to give */
	giveTo(worker: object, holding: SlotHolding, { memory, me }: Entry): OwnerWord | typeof LOST {
		for (const id of this.#workers.get(worker)?.ids ?? []) {
			const to = findAlive(memory, id);
			if (to === NOBODY) continue;
			const word = giveTo(memory, holding.slot, holding.word, to, id, me);
			if (word === LOST || ownerOf(word) === to) return word;
			// The worker died meanwhile, and the slot was taken back.
			holding.word = word;
		}
		return refuse(
			"ERR_POOL_ARGUMENT",
			"SharedPool.give: worker",
			"a tracked worker that is attached and alive",
			worker,
		);
	}
}
