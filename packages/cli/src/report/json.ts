import { cpus, release, totalmem } from "node:os";
import { COUNT_MS, ROUNDS_PER_SITTING, SITTINGS } from "../measure/compare.ts";
import type { Outcome } from "./summary.ts";

/** All that was measured, and where. */
export function benchReport(
	outcomes: readonly Outcome[],
	{ seconds, windowMs }: { seconds: number; windowMs: number },
) {
	return {
		format: 1,
		date: new Date().toISOString(),
		machine: machine(),
		runtime: { versions: process.versions, nodeOptions: process.env.NODE_OPTIONS },
		settings: {
			seconds,
			sittings: SITTINGS,
			roundsPerSitting: ROUNDS_PER_SITTING,
			windowMs,
			countMs: COUNT_MS,
		},
		workloads: outcomes.map((outcome) => {
			const { name, summary, warmUpMs } = outcome.workload;
			if ("error" in outcome) return { name, summary, warmUpMs, error: outcome.error.message };
			const { sittings, summaries, ratio, verdict } = outcome;
			return { name, summary, warmUpMs, verdict, ratio, ...summaries, sittings };
		}),
	};
}

export function machine() {
	const processors = cpus();
	return {
		platform: process.platform,
		release: release(),
		architecture: process.arch,
		processor: processors[0]?.model.trim(),
		processors: processors.length,
		memory: totalmem(),
	};
}
