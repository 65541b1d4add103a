import type { Hash } from "node:crypto";
import type { Latency, PoolFigures } from "../report/model.ts";

/** One way of one workload, ready to run. */
export interface Session {
	/** Runs every input twice and digests all that comes out; the digest must not depend on the way. */
	verify(): Promise<string>;
	/** Runs operations for about this long, checking the result of each. */
	run(milliseconds: number): Promise<Run>;
	/** Sums up the latencies of the operations since the last call. */
	takeLatency(): Promise<Latency>;
	close(): Promise<void>;
	/** Operations done so far, where they are counted in this process. */
	readonly operations?: number;
	/** What the pool did so far, where there is one. */
	pool?(): PoolFigures;
}

export interface Run {
	readonly operations: number;
	/** Readings of `performance.now`. */
	readonly start: number;
	readonly end: number;
}

/** What an operation may return: something cheap to compare that depends on its whole result. */
export type Result = number | string | bigint | boolean | undefined;

/** One operation on one of the inputs; where an audit is given, it also adds the result itself to that. */
export type Operation = (input: number, audit?: Hash) => Result | Promise<Result>;
