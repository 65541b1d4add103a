import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { SharedPool } from "ebbpool/shared";
import { median } from "simple-statistics";
import type { Budget } from "../measure/budget.ts";
import { elapsed } from "../measure/elapsed.ts";
import type { Loop } from "../measure/loop.ts";
import { MessageRing } from "../workers/message-ring.ts";
import type { TakerTask } from "../workers/taker.ts";
import { casLoop } from "./pair-loop.ts";
import type { Scenario } from "./scenario.ts";

/** Some milliseconds: on a machine that others use, too, most repetitions then have both cores. */
const ROUNDS = 20_000;
const WARM_UP_ROUNDS = 1000;

interface Variant {
	readonly loop: Loop;
	close(): Promise<unknown>;
}

const VARIANTS: Readonly<Record<string, () => Variant>> = {
	"two-cas": () => ({
		loop: casLoop(new Int32Array(new SharedArrayBuffer(4096)), 512),
		close: async () => {},
	}),
	"a number": () => {
		const ring = new MessageRing();
		const worker = startTaker({ words: ring.words, pool: undefined });
		const loop: Loop = (rounds) => {
			for (let round = 0; round < rounds; round++) ring.send(round);
			ring.drain();
			return rounds;
		};
		return { loop, close: () => worker.terminate() };
	},
	"a slot": () => {
		const ring = new MessageRing();
		const pool = SharedPool.create({ slotSize: 64, slots: 128, zero: false });
		const worker = pool.track(startTaker({ words: ring.words, pool: pool.handle }));
		const loop: Loop = (rounds) => {
			for (let round = 0; round < rounds; round++) ring.send(pool.give(pool.get()));
			ring.drain();
			return rounds;
		};
		return { loop, close: () => worker.terminate() };
	},
};

function startTaker(workerData: TakerTask): Worker {
	return new Worker(new URL("../workers/taker.js", import.meta.url), { workerData });
}

/** Get on one core, adopt and put on another, which gets to know of it through shared memory. */
export const sharedAdopt: Scenario = {
	operation: "get → adopt → put",
	variants: Object.keys(VARIANTS),
	baselines: ["two-cas", "a number"],
	figures: [],
	async measure(name, budget) {
		const { loop, close } = (VARIANTS[name] as () => Variant)();
		const time = await timeOnClock(loop, budget);
		await close();
		return { time };
	},
};

async function timeOnClock(loop: Loop, { warmUps, repetitions }: Budget): Promise<number> {
	for (let i = 0; i < warmUps; i++) {
		loop(WARM_UP_ROUNDS);
		await setTimeout(1);
	}
	return median(Array.from({ length: repetitions }, () => elapsed(() => loop(ROUNDS)) / ROUNDS));
}
