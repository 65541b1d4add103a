import { createHistogram } from "node:perf_hooks";
import type { Latency } from "../report/model.ts";

/** Closer together where it gets interesting. */
const PERCENTILES = [0, 5, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 100];

/** Collects the latencies of operations in a histogram of three significant figures; recording one allocates nothing. */
export class Latencies {
	readonly #histogram = createHistogram();

	record(milliseconds: number): void {
		this.#histogram.record(Math.max(1, Math.round(milliseconds * 1e6)));
	}

	/** Sums up what was recorded since the last call. */
	take(): Latency {
		const at = (percentile: number): number =>
			// Node's percentile of 0 is not the least value.
			percentile === 0 ? this.#histogram.min : this.#histogram.percentile(percentile);
		const latency: Latency = {
			p50: at(50),
			p99: at(99),
			percentiles: PERCENTILES.map((percentile) => [percentile, at(percentile)]),
		};
		this.#histogram.reset();
		return latency;
	}
}
