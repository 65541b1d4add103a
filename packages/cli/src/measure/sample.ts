import type { Variant } from "../workloads/workload.ts";
import type { Allocated } from "./allocations.ts";
import type { Collections } from "./collections.ts";
import type { Latency } from "./latencies.ts";

/** What a measuring process is told, in this order; there may be any number of runs. */
export type MeasuringCommand =
	| { readonly kind: "open"; readonly workload: string; readonly variant: Variant }
	| { readonly kind: "warm up"; readonly milliseconds: number }
	| { readonly kind: "run"; readonly milliseconds: number }
	| { readonly kind: "finish"; readonly countMs: number };

/** The answer to "open": a digest of everything that the workload gives for its inputs. */
export interface Opened {
	readonly digest: string;
}

/** The answer to "run". */
export interface Throughput {
	readonly operationsPerSecond: number;
}

/** The answer to "finish": what was measured over all runs together. */
export interface Sample {
	readonly latency: Latency;
	readonly collections: Collections;
	readonly allocatedPerOperation: Allocated;
	/** In bytes, of the whole process. */
	readonly peakRss: number;
}
