import { deflate } from "./deflate.ts";
import { encode } from "./encode.ts";
import { fastifyWorkloads } from "./fastify.ts";
import { frame } from "./frame.ts";
import { http } from "./http.ts";
import { json } from "./json.ts";
import { lines } from "./lines.ts";
import { pipeline, pipelineTransfer } from "./pipeline.ts";
import { points } from "./points.ts";
import { stream } from "./stream.ts";
import { websocket } from "./websocket.ts";
import type { Workload } from "./workload.ts";

/** Those that `bench` runs when none is named. */
export const DEFAULT_WORKLOADS: readonly Workload[] = [frame, lines, encode, deflate, http, points];

/** Those that must be named, or asked for with `--all`. */
const FURTHER_WORKLOADS: readonly Workload[] = [
	json,
	websocket,
	stream,
	pipeline,
	pipelineTransfer,
	...(isInstalled("fastify") ? fastifyWorkloads : []),
];

/**
 * The package that a workload needs and that is not installed. Fastify and what it needs are several times as large as
 * this package, so it is left to those who want to measure it.
 */
export function missingPackage(workload: string): string | undefined {
	const needsFastify = fastifyWorkloads.some(({ name }) => name === workload);
	return needsFastify && !isInstalled("fastify") ? "fastify" : undefined;
}

function isInstalled(name: string): boolean {
	try {
		import.meta.resolve(name);
		return true;
	} catch {
		return false;
	}
}

/** Those of this tool that lack what they need. */
export const MISSING_WORKLOADS: readonly Workload[] = fastifyWorkloads.filter(
	({ name }) => missingPackage(name) !== undefined,
);

export const WORKLOADS: readonly Workload[] = [...DEFAULT_WORKLOADS, ...FURTHER_WORKLOADS];

export function findWorkload(name: string): Workload | undefined {
	return WORKLOADS.find((workload) => workload.name === name);
}
