import { Follower } from "./follower.ts";
import { now } from "./natives.ts";
import { Sampler } from "./sampler.ts";
import { SiteTable } from "./site-table.ts";
import type { OffHeapAllocations } from "./thread-report.ts";

/** Counts memory outside the heap as the hooks note it. One a thread. */
export class OffHeapCounter {
	readonly follower = new Follower();
	readonly #sampler = new Sampler(now);
	readonly #table = new SiteTable(this.follower);
	/** Called with each sample, after it was recorded. */
	onSample: () => void = () => {};
	/** The probe's own allocations are nobody's. */
	paused = false;
	bytes = 0;
	count = 0;

	note(made: object, bytes: number, what: string): void {
		this.count++;
		this.bytes += bytes;
		if (!this.#sampler.take(bytes) || this.paused) return;
		this.paused = true;
		try {
			this.#table.record(made, bytes, what, this.#sampler.weigh(bytes));
			this.onSample();
		} finally {
			this.paused = false;
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
