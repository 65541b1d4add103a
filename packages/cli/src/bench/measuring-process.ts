import { type Allocated, countAllocations } from "../measure/allocations.ts";
import { CollectionLog, collectionsDuring } from "../measure/collections.ts";
import { answerMessages } from "../measure/helper-process.ts";
import type { Sample } from "../report/model.ts";
import type { Run, Session } from "../workloads/session.ts";
import { loadWorkload } from "./find-workloads.ts";
import { liveObjects } from "./live-objects.ts";
import type { MeasuringCommand, OpenCommand, Opened, Throughput } from "./messages.ts";
import { TimelineRecorder } from "./timeline.ts";

/** One way of one workload, measured in this process. */
class Measurement {
	readonly #session: Session;
	readonly #digest: string;
	readonly #live: unknown;
	readonly #log = new CollectionLog();
	readonly #runs: Run[] = [];
	readonly #recorder: TimelineRecorder;

	private constructor(session: Session, digest: string, live: unknown) {
		this.#session = session;
		this.#digest = digest;
		this.#live = live;
		this.#recorder = new TimelineRecorder(() => session.operations);
	}

	static async open({ workload, source, concurrency, liveMegabytes }: OpenCommand): Promise<Measurement> {
		const live = liveObjects(liveMegabytes);
		const session = await (await loadWorkload(workload)).open(source, { concurrency });
		return new Measurement(session, await session.verify(), live);
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
		const run = await this.#recorder.during(() => this.#session.run(milliseconds));
		this.#runs.push(run);
		return { operationsPerSecond: (run.operations / (run.end - run.start)) * 1000 };
	}

	async finish(countMs: number): Promise<Sample> {
		const latency = await this.#session.takeLatency();
		const log = await this.#log.end();
		const collections = log && collectionsDuring(log, this.#runs);
		const peakRss = process.resourceUsage().maxRSS * 1024;
		const pool = this.#session.pool?.();
		const allocatedPerOperation = await this.#countPerOperation(countMs);
		if ((await this.#session.verify()) !== this.#digest) {
			throw new Error("the result is not what it was before the measurement");
		}
		await this.#session.close();
		if (this.#live === undefined) throw new Error("the live objects are gone");
		const timeline = this.#recorder.finish(this.#runs, log ?? []);
		return { latency, collections, allocatedPerOperation, peakRss, timeline, pool };
	}

	async #countPerOperation(milliseconds: number): Promise<Pick<Allocated, "heap" | "offHeap"> | undefined> {
		let operations = 0;
		const allocated = await countAllocations(async () => {
			({ operations } = await this.#session.run(milliseconds));
		});
		return allocated && { heap: allocated.heap / operations, offHeap: allocated.offHeap / operations };
	}
}

let measurement: Measurement | undefined;

answerMessages(async (command: MeasuringCommand): Promise<object> => {
	if (command.kind === "open") {
		measurement = await Measurement.open(command);
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
