/** Items that became victims together. */
interface Batch {
	items: number;
	readonly since: number;
}

/** Decides at a tick what an idle pool lets go of. Counts only: which item is which makes no difference here. */
export interface Policy {
	readonly name: string;
	/** A fresh state for one run. */
	start(): Shelf;
}

export interface Shelf {
	readonly items: number;
	/** Whether there was one to take. */
	take(now: number): boolean;
	put(now: number): void;

	tick(now: number): void;
}

/** How old the last batch of victims must be before another joins it, as a share of the least age: as in the library. */
const APART = 1 / 8;

/** Two generations or more: victims go once they have been so for `minAge`, at a tick. */
class Generations implements Shelf {
	#local = 0;
	#victims: Batch[] = [];
	readonly minAge: () => number;
	readonly #onTake: (now: number) => void;

	constructor(minAge: () => number, onTake: (now: number) => void = () => {}) {
		this.minAge = minAge;
		this.#onTake = onTake;
	}

	get items(): number {
		return this.#victims.reduce((sum, { items }) => sum + items, this.#local);
	}

	take(now: number): boolean {
		this.#onTake(now);
		if (this.#local > 0) {
			this.#local--;
			return true;
		}
		const batch = this.#victims.at(-1);
		if (batch === undefined) return false;
		if (--batch.items === 0) this.#victims.pop();
		return true;
	}

	put(): void {
		this.#local++;
	}

	tick(now: number): void {
		const minAge = this.minAge();
		const last = this.#victims.at(-1);
		const aged = this.#local > 0 && (last === undefined || now - last.since >= minAge * APART);
		this.#victims = this.#victims.filter(({ since }) => since > now - minAge);
		if (!aged) return;
		this.#victims.push({ items: this.#local, since: now });
		this.#local = 0;
	}
}

/** Ticks that follow the last effective one too soon are ignored. */
class Coalescing extends Generations {
	readonly #gap: number;
	#last = Number.NEGATIVE_INFINITY;

	constructor(gap: number) {
		super(() => 0);
		this.#gap = gap;
	}

	override tick(now: number): void {
		if (now - this.#last < this.#gap) return;
		this.#last = now;
		super.tick(now);
	}
}

/** As .NET's shared ArrayPool: an array goes at a collection once its stack was not used up for so long, a few at a time. */
class Trimming implements Shelf {
	items = 0;
	#idleSince = 0;
	readonly #after: number;

	constructor(after: number) {
		this.#after = after;
	}

	take(): boolean {
		if (this.items === 0) return false;
		this.items--;
		return true;
	}

	put(now: number): void {
		if (this.items++ === 0) this.#idleSince = now;
	}

	tick(now: number): void {
		if (now - this.#idleSince < this.#after || this.items === 0) return;
		// One of a stack that is not full, and the rest sooner, as its time stamp moves by a quarter only.
		this.items--;
		this.#idleSince += this.#after / 4;
	}
}

/** Learns how long items lie idle before they are wanted, and keeps them for a few times as long, within bounds. */
function learning(): Shelf {
	let idle = 1000;
	let last: number | undefined;
	return new Generations(
		() => Math.min(60_000, 4 * idle),
		(now) => {
			if (last !== undefined) idle += (now - last - idle) / 8;
			last = now;
		},
	);
}

const minAge = (ms: number): Policy => ({
	name: `minAge ${ms / 1000} s`,
	start: () => new Generations(() => ms),
});

export const POLICIES: readonly Policy[] = [
	{ name: "Go", start: () => new Generations(() => 0) },
	...[1, 2, 5, 10, 20, 30, 60].map((seconds) => minAge(seconds * 1000)),
	...[1, 5, 10].map((s) => ({ name: `coalescing ${s} s`, start: () => new Coalescing(s * 1000) })),
	...[10, 60].map((s) => ({ name: `.NET ${s} s`, start: () => new Trimming(s * 1000) })),
	{ name: "learning", start: learning },
];
