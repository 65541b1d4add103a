import type { Hash } from "node:crypto";
import type { Latency } from "../measure/latencies.ts";

/** One variant of one workload, ready to run. */
export interface Session {
	/** Runs every input twice and digests all that comes out; the digest must not depend on the variant. */
	verify(): Promise<string>;
	/** Runs operations for about this long, checking the result of each. */
	run(milliseconds: number): Promise<Run>;
	/** Sums up the latencies of the operations since the last call. */
	takeLatency(): Promise<Latency>;
	close(): Promise<void>;
}

export interface Run {
	readonly operations: number;
	/** Readings of `performance.now`. */
	readonly start: number;
	readonly end: number;
}

/**
 * One operation on one of the inputs. It returns a number that depends on its whole result and is cheap to come by;
 * where an audit is given, it also adds the result itself to it.
 */
export type Operation = (input: number, audit?: Hash) => number | Promise<number>;
