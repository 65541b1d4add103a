import { Follower } from "./follower.ts";
import { now } from "./natives.ts";
import { Sampler } from "./sampler.ts";
import { SiteTable } from "./site-table.ts";
import { Stopwatch } from "./stopwatch.ts";
import type { OffHeapAllocations } from "./thread-report.ts";
import { ViewCounter } from "./view-counter.ts";

/** Counts memory outside the heap as the hooks note it. One a thread. */
export class OffHeapCounter {
	readonly follower = new Follower();
	readonly views = new ViewCounter();
	readonly #sampler = new Sampler(now);
	readonly #table = new SiteTable(this.follower, this.views);
	readonly #stopwatch = new Stopwatch();
	/** Called with each sample, after it was recorded. */
	onSample: () => void = () => {};
	/** The probe's own allocations are nobody's. */
	paused = false;
	/** The function of Node's that the program called, while it runs: what is made in it is made for that. */
	within: string | undefined;
	bytes = 0;
	count = 0;

	/** Before an allocation; what it returns is for `note`. */
	begin(): number {
		return this.#stopwatch.start();
	}

	note(made: object, bytes: number, what: string, begunAt = 0): void {
		if (this.paused) return;
		this.count++;
		this.bytes += bytes;
		if (begunAt !== 0) this.#table.time(this.within ?? what, this.#stopwatch.stop(begunAt));
		if (!this.#sampler.take(bytes)) return;
		this.apart(() => {
			this.#table.record(made, bytes, this.within ?? what, this.#sampler.weigh(bytes));
			this.onSample();
		});
	}

	/** Runs work of the probe's own. */
	apart(work: () => void): void {
		this.paused = true;
		try {
			work();
		} finally {
			this.paused = false;
		}
	}

	/** Calls a function of Node's, and notes what it returns unless it noted that itself on the way. */
	call<T extends { byteLength: number }>(what: string, make: () => T): T {
		const { count, within } = this;
		this.within = within ?? what;
		// What copies as well would do so with memory that is used again.
		const begunAt = what.startsWith("Buffer.alloc") ? this.begin() : 0;
		try {
			const made = make();
			if (this.count === count) this.note(made, made.byteLength, what, begunAt);
			return made;
		} finally {
			this.within = within;
		}
	}

	/** Samples and follows whatever is allocated from now on, until somebody looks. */
	beginTurn(): void {
		this.follower.beginTurn();
		this.#sampler.eager = true;
	}

	endTurn(): void {
		this.#sampler.eager = false;
	}

	report(): OffHeapAllocations {
		return { bytes: this.bytes, count: this.count, sites: this.#table.list() };
	}
}
