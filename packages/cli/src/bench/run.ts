import { tuning } from "../measure/tuning.ts";
import { reportHead } from "../report/head.ts";
import type { BenchReport, WorkloadResult } from "../report/model.ts";
import { COUNT_MS, compare, ROUNDS_PER_SITTING, SITTINGS, type Subject } from "./compare.ts";
import type { BenchOptions } from "./options.ts";
import type { Progress } from "./progress.ts";
import { summarize } from "./summarize.ts";

/** Rounds of all sittings of a workload. */
export const ROUNDS = SITTINGS * ROUNDS_PER_SITTING;

/** Measures one workload after the other until all are done, or the signal is aborted. */
export async function runBench(
	{ subjects, ways, seconds, liveMegabytes, concurrency }: BenchOptions,
	progress: Progress,
	signal: AbortSignal,
): Promise<BenchReport> {
	const began = new Date();
	const windowMs = (seconds * 1000) / ROUNDS;
	const workloads: WorkloadResult[] = [];
	for (const subject of subjects) {
		const result = await measure(subject);
		if (signal.aborted) break;
		workloads.push(result);
		progress.workloadDone(subject.workload.name);
	}
	progress.clear();
	const settings = {
		...{ seconds, sittings: SITTINGS, roundsPerSitting: ROUNDS_PER_SITTING, windowMs, countMs: COUNT_MS },
		...{ ways, liveMegabytes, concurrency, tuning: tuning() },
	};
	return { ...reportHead(began, signal.aborted), kind: "bench", settings, workloads };

	async function measure(subject: Subject): Promise<WorkloadResult> {
		const { name, summary, warmUpMs } = subject.workload;
		const onRound = (): void => progress.round(name);
		try {
			const plan = { ways, windowMs, onRound, signal, liveMegabytes, concurrency };
			return summarize({ name, summary, warmUpMs }, await compare(subject, plan), tuning());
		} catch (error) {
			return { name, summary, warmUpMs, error: error instanceof Error ? error.message : String(error) };
		}
	}
}
