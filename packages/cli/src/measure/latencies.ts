import { createHistogram } from "node:perf_hooks";

/** In nanoseconds. */
export interface Latency {
	readonly p50: number;
	readonly p99: number;
}

/** Collects the latencies of operations in a histogram of three significant figures; recording one allocates nothing. */
export class Latencies {
	readonly #histogram = createHistogram();

	record(milliseconds: number): void {
		this.#histogram.record(Math.max(1, Math.round(milliseconds * 1e6)));
	}

	/** Sums up what was recorded since the last call. */
	take(): Latency {
		const latency = { p50: this.#histogram.percentile(50), p99: this.#histogram.percentile(99) };
		this.#histogram.reset();
		return latency;
	}
}
