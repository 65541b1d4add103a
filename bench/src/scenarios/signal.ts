import { getEventListeners } from "node:events";
import { ResourcePool } from "ebbpool/resource";
import { fullCollection } from "../measure/full-collection.ts";
import type { Scenario } from "./scenario.ts";

const ACQUIRES = 1_000_000;

/** Whether each acquire finds an idle resource or waits for one. */
const BORROWERS: Readonly<Record<string, number>> = { idle: 1, waiting: 100 };

/** A million acquires under one signal that lives on: what they leave behind, in bytes of the heap and listeners per million. */
export const signal: Scenario = {
	operation: "acquire and release under a long-lived AbortSignal",
	variants: Object.keys(BORROWERS),
	baselines: ["idle"],
	figures: ["leftBytes", "leftListeners"],

	async measure(variant) {
		const borrowers = BORROWERS[variant] as number;
		const pool = new ResourcePool({ create: async () => ({}), max: 1 });
		const controller = new AbortController();
		const options = { signal: controller.signal };
		const borrow = async (times: number) => {
			for (let i = 0; i < times; i++) await (await pool.acquire(options)).release();
		};
		const round = (times: number) =>
			Promise.all(Array.from({ length: borrowers }, () => borrow(times / borrowers)));
		await round(ACQUIRES / 10);
		const before = heapUsed();
		const start = performance.now();
		await round(ACQUIRES);
		const time = ((performance.now() - start) * 1e6) / ACQUIRES;
		const leftBytes = heapUsed() - before;
		return { time, leftBytes, leftListeners: getEventListeners(controller.signal, "abort").length };
	},
};

function heapUsed(): number {
	fullCollection();
	fullCollection();
	return process.memoryUsage().heapUsed;
}
