import type { Evictor, EvictorConfig } from "./evictor.ts";
import type { PooledResource } from "./pooled-resource.ts";

/** Shows the idle resources to the evictor, some in each run, and goes on in the next where it stopped. */
export class Eviction<T> {
	readonly #evictor: Evictor<T>;
	readonly #config: EvictorConfig;
	readonly #testsPerRun: number;
	#cursor = 0;

	constructor(evictor: Evictor<T>, config: EvictorConfig, testsPerRun: number) {
		this.#evictor = evictor;
		this.#config = config;
		this.#testsPerRun = testsPerRun;
	}

	/**
	 * Begins a run.
	 *
	 * @returns what says of each idle resource in turn whether to destroy it
	 */
	run(idle: number): (resource: PooledResource<T>) => boolean {
		if (this.#cursor >= idle) this.#cursor = 0;
		let place = 0;
		let tests = 0;
		let left = idle;
		let passed = this.#cursor;
		const from = this.#cursor;
		return (resource) => {
			if (place++ < from || tests >= this.#testsPerRun) return false;
			tests++;
			// As there nothing else counts, as a promise from an `evict` that is asynchronous.
			const evicted = this.#evictor.evict(this.#config, resource, left) === true;
			if (evicted) left--;
			else passed++;
			this.#cursor = passed;
			return evicted;
		};
	}
}
