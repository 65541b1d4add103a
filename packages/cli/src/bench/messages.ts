import type { Source } from "../workloads/workload.ts";

/** Where a measuring process finds a workload. */
export interface WorkloadReference {
	readonly name: string;
	/** The address of the user's own module, if it is not one of ours. */
	readonly url?: string | undefined;
}

export interface OpenCommand {
	readonly kind: "open";
	readonly workload: WorkloadReference;
	readonly source: Source;
	readonly concurrency: number | undefined;
	readonly liveMegabytes: number;
}

/** What a measuring process is told, in this order; there may be any number of runs. */
export type MeasuringCommand =
	| OpenCommand
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
