import { findWorkload } from "../workloads/index.ts";
import type { Run, Session } from "../workloads/session.ts";
import type { Variant } from "../workloads/workload.ts";
import { type Allocated, countAllocations } from "./allocations.ts";
import { CollectionLog } from "./collections.ts";
import { answerMessages } from "./helper-process.ts";
import type { MeasuringCommand, Opened, Sample, Throughput } from "./sample.ts";

/** One variant of one workload, measured in this process. */
class Measurement {
	readonly #session: Session;
	readonly #digest: string;
	readonly #log = new CollectionLog();
	readonly #runs: Run[] = [];

	private constructor(session: Session, digest: string) {
		this.#session = session;
		this.#digest = digest;
	}

	static async open(name: string, variant: Variant): Promise<Measurement> {
		const workload = findWorkload(name);
		if (workload === undefined) throw new Error(`no workload ${name}`);
		const session = await workload.open(variant);
		return new Measurement(session, await session.verify());
	}

	get opened(): Opened {
		return { digest: this.#digest };
	}

	async warmUp(milliseconds: number): Promise<object> {
		await this.#session.run(milliseconds);
		await this.#session.takeLatency();
		return {};
	}

	async run(milliseconds: number): Promise<Throughput> {
		const run = await this.#session.run(milliseconds);
		this.#runs.push(run);
		return { operationsPerSecond: (run.operations / (run.end - run.start)) * 1000 };
	}

	async finish(countMs: number): Promise<Sample> {
		const latency = await this.#session.takeLatency();
		const collections = await this.#log.during(this.#runs);
		const peakRss = process.resourceUsage().maxRSS * 1024;
		const allocatedPerOperation = await this.#countPerOperation(countMs);
		if ((await this.#session.verify()) !== this.#digest) {
			throw new Error("the result is not what it was before the measurement");
		}
		await this.#session.close();
		return { latency, collections, allocatedPerOperation, peakRss };
	}

	async #countPerOperation(milliseconds: number): Promise<Allocated> {
		let operations = 0;
		const { heap, offHeap } = await countAllocations(async () => {
			({ operations } = await this.#session.run(milliseconds));
		});
		return { heap: heap / operations, offHeap: offHeap / operations };
	}
}

let measurement: Measurement | undefined;

answerMessages(async (command: MeasuringCommand): Promise<object> => {
	if (command.kind === "open") {
		measurement = await Measurement.open(command.workload, command.variant);
		return measurement.opened;
	}
	if (measurement === undefined) throw new Error(`"${command.kind}" came before "open"`);
	switch (command.kind) {
		case "warm up":
			return measurement.warmUp(command.milliseconds);
		case "run":
			return measurement.run(command.milliseconds);
		case "finish":
			return measurement.finish(command.countMs);
	}
});
