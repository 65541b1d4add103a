import type { SharedPoolHandle } from "ebbpool/shared";

/** What a worker is told. */
export interface Assignment {
	readonly pool: SharedPoolHandle;
	/** Its number, from 1. */
	readonly worker: number;
	readonly tasks: number;
}

/** What a worker saw. */
export interface Report {
	readonly tasks: number;
	/** Tasks whose struct was not all zero when it came out of the pool. */
	readonly stale: number;
	/** Of these, the ones with another worker's data in it. */
	readonly foreign: number;
	/** Tasks whose struct changed while the worker used it, or whose result was wrong. */
	readonly disturbed: number;
}
