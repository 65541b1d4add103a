import { HelperProcess } from "../measure/helper-process.ts";
import { NO_TUNING, tuning } from "../measure/tuning.ts";
import type { Sample, Way } from "../report/model.ts";
import { WAY_TITLES } from "../report/way-titles.ts";
import type { Source } from "../workloads/workload.ts";
import type { MeasuringCommand, Opened, Throughput, WorkloadReference } from "./messages.ts";

/** How long a measuring process may take beyond the time that it is told to measure. */
const GRACE_MS = 60_000;

/** How the processes of a run are started. */
export interface Conditions {
	readonly liveMegabytes: number;
	readonly concurrency: number | undefined;
}

/** One way of one workload, in a process of its own. */
export class MeasuredWay {
	readonly #workload: WorkloadReference;
	readonly #source: Source;
	readonly #conditions: Conditions;
	readonly #process: HelperProcess;

	constructor(workload: WorkloadReference, way: Way, conditions: Conditions) {
		this.#workload = workload;
		this.#source = way === "tuned" ? "fresh" : way;
		this.#conditions = conditions;
		const { environment, flags } = way === "tuned" ? tuning() : NO_TUNING;
		this.#process = new HelperProcess(
			`the process that measures ${workload.name} ${WAY_TITLES[way]}`,
			new URL("./measuring-process.js", import.meta.url),
			{
				flags: ["--expose-gc", ...flags, ...heapFlags(conditions.liveMegabytes)],
				environment,
			},
		);
	}

	async open(): Promise<Opened> {
		const { liveMegabytes, concurrency } = this.#conditions;
		const command = { workload: this.#workload, source: this.#source, concurrency, liveMegabytes };
		return (await this.#ask({ kind: "open", ...command })) as Opened;
	}

	async warmUp(milliseconds: number): Promise<void> {
		await this.#ask({ kind: "warm up", milliseconds }, milliseconds);
	}

	async run(milliseconds: number): Promise<Throughput> {
		return (await this.#ask({ kind: "run", milliseconds }, milliseconds)) as Throughput;
	}

	async finish(countMs: number): Promise<Sample> {
		return (await this.#ask({ kind: "finish", countMs }, countMs)) as Sample;
	}

	stop(): void {
		this.#process.stop();
	}

	#ask(command: MeasuringCommand, milliseconds = 0): Promise<unknown> {
		return this.#process.ask(command, milliseconds + GRACE_MS);
	}
}

/** Up to here V8's own limit of the heap is far away on every machine that the tool is for. */
const ROOMY_MEGABYTES = 256;

/** Objects that live must fit beside what the workload allocates. */
function heapFlags(liveMegabytes: number): readonly string[] {
	return liveMegabytes <= ROOMY_MEGABYTES ? [] : [`--max-old-space-size=${2 * liveMegabytes + 2048}`];
}
