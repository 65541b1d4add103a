import { deflate } from "./deflate.ts";
import { encode } from "./encode.ts";
import { frame } from "./frame.ts";
import { http } from "./http.ts";
import { lines } from "./lines.ts";
import { pipeline, pipelineTransfer } from "./pipeline.ts";
import { points } from "./points.ts";
import type { Workload } from "./workload.ts";

/** Those that `bench` runs when none is named. */
export const DEFAULT_WORKLOADS: readonly Workload[] = [frame, lines, encode, deflate, http, points];

/** Those that must be named, or asked for with `--all`. */
const FURTHER_WORKLOADS: readonly Workload[] = [pipeline, pipelineTransfer];

export const WORKLOADS: readonly Workload[] = [...DEFAULT_WORKLOADS, ...FURTHER_WORKLOADS];

export function findWorkload(name: string): Workload | undefined {
	return WORKLOADS.find((workload) => workload.name === name);
}
