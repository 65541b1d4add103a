import type { PoolOrder } from "ebbpool";

/** The contract in little: two generations, and a count for each way in and out. */
export class PoolModel<T> {
	local = new Set<T>();
	victim = new Set<T>();
	disposed = false;
	/** Got and not come back; what was never got from here cannot make it less than nothing. */
	out = 0;
	readonly counts = { hits: 0, victimHits: 0, misses: 0, rejected: 0, discarded: 0, evicted: 0, cleared: 0 };
	readonly #order: PoolOrder;

	constructor(order: PoolOrder) {
		this.#order = order;
	}

	/** The generation that the next get has to take from; `undefined`: it has to ask `new`. */
	get source(): Set<T> | undefined {
		const generations = [this.local, this.victim];
		if (this.#order === "victim-first") generations.reverse();
		return generations.find(({ size }) => size > 0);
	}

	take(source: Set<T>, item: T): boolean {
		this.counts[source === this.local ? "hits" : "victimHits"]++;
		this.out++;
		return source.delete(item);
	}

	put(item: T): void {
		this.local.add(item);
		this.cameBack();
	}

	cameBack(): void {
		this.out = Math.max(0, this.out - 1);
	}

	/** @returns what is let go of */
	age(): Set<T> {
		const gone = this.victim;
		this.victim = this.local;
		this.local = new Set();
		this.counts.evicted += gone.size;
		return gone;
	}

	/** @returns what is let go of */
	clear(): Set<T> {
		const gone = new Set([...this.local, ...this.victim]);
		this.local = new Set();
		this.victim = new Set();
		this.counts.cleared += gone.size;
		return gone;
	}
}
