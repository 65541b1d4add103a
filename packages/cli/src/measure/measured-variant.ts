import type { Variant } from "../workloads/workload.ts";
import { HelperProcess } from "./helper-process.ts";
import type { MeasuringCommand, Opened, Sample, Throughput } from "./sample.ts";

/** How long a measuring process may take beyond the time that it is told to measure. */
const GRACE_MS = 30_000;

/** One variant of one workload, in a process of its own. */
export class MeasuredVariant {
	readonly #workload: string;
	readonly #variant: Variant;
	readonly #process: HelperProcess;

	constructor(workload: string, variant: Variant) {
		this.#workload = workload;
		this.#variant = variant;
		this.#process = new HelperProcess(
			`the process that measures ${workload} ${variant}`,
			new URL("./measuring-process.js", import.meta.url),
			{ flags: ["--expose-gc"] },
		);
	}

	async open(): Promise<Opened> {
		return (await this.#ask({ kind: "open", workload: this.#workload, variant: this.#variant })) as Opened;
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
