import { assert } from "chai";
import { configure, onMajorGC, Pool } from "ebbpool";
import { withCollections } from "../support/collections.ts";
import { expectCode } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

const DEFAULT_IDLE_CLEANUP = 120_000;
const DEADLINE = 10_000;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function until(what: string, condition: () => boolean): Promise<void> {
	const deadline = Date.now() + DEADLINE;
	while (!condition()) {
		if (Date.now() > deadline) assert.fail(`waited in vain until ${what}`);
		await wait(5);
	}
}

export const clock: Suite = {
	name: "the clock",
	cases: [
		{
			name: "a listener is called once for each collection, without arguments",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const calls: unknown[][] = [];
					const stop = onMajorGC((...given: unknown[]) => void calls.push(given));
					for (let i = 1; i <= 5; i++) {
						await collect();
						assert.lengthOf(calls, i);
					}
					stop();
					assert.deepEqual(calls, [[], [], [], [], []]);
				}),
		},
		{
			name: "a listener that another one stops in the same tick is not called",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const calls: string[] = [];
					const stops: (() => void)[] = [];
					for (const name of ["first", "second"]) {
						const listener = () => {
							calls.push(name);
							for (const stop of stops) stop();
						};
						stops.push(onMajorGC(listener));
					}
					await collect();
					await collect();
					assert.deepEqual(calls, ["first"]);
				}),
		},
		{
			name: "a stopped listener is not called again; stopping twice does nothing",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const calls: string[] = [];
					const stopFirst = onMajorGC(() => void calls.push("first"));
					const stopSecond = onMajorGC(() => void calls.push("second"));
					await collect();
					assert.sameMembers(calls, ["first", "second"]);
					stopFirst();
					stopFirst();
					await collect();
					assert.sameMembers(calls, ["first", "second", "second"]);
					stopSecond();
					await collect();
					assert.lengthOf(calls, 3);
				}),
		},
		{
			name: "the same function set twice is two listeners",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					let calls = 0;
					const listener = () => void calls++;
					const stops = [onMajorGC(listener), onMajorGC(listener)];
					await collect();
					assert.strictEqual(calls, 2);
					stops[0]?.();
					await collect();
					assert.strictEqual(calls, 3);
					stops[1]?.();
				}),
		},
		{
			name: "listeners may stop themselves and set others during a tick",
			needs: "gc",
			run: (kit) =>
				withCollections(kit, async (collect) => {
					const calls: string[] = [];
					const stops: (() => void)[] = [];
					const stopFirst = onMajorGC(() => {
						calls.push("first");
						stopFirst();
						stops.push(onMajorGC(() => void calls.push("late")));
					});
					stops.push(onMajorGC(() => void calls.push("second")));
					await collect();
					assert.includeMembers(calls, ["first", "second"]);
					calls.length = 0;
					await collect();
					assert.sameMembers(calls, ["second", "late"]);
					for (const stop of stops) stop();
				}),
		},
		{
			name: "a listener that is no function is ERR_POOL_ARGUMENT",
			run() {
				for (const value of [undefined, null, 3, "f", {}, []])
					expectCode("ERR_POOL_ARGUMENT", () => onMajorGC(value as unknown as () => void));
			},
		},
		{
			name: "where no collection comes, the idle timer ages every pool after idleCleanup ms",
			async run() {
				configure({ idleCleanup: 50 });
				try {
					const disposed: string[] = [];
					const pools = [new Pool<string>(), new Pool<string>({ dispose: (s) => void disposed.push(s) })];
					for (const pool of pools) pool.put("item");
					await until("both are empty", () =>
						pools.every((pool) => pool.stats().local + pool.stats().victim === 0),
					);
					for (const pool of pools) assert.strictEqual(pool.stats().evicted, 1);
					assert.deepEqual(disposed, ["item"]);
				} finally {
					configure({ idleCleanup: DEFAULT_IDLE_CLEANUP });
				}
			},
		},
		{
			name: "a new delay holds for pools that are filled already",
			async run() {
				const pool = new Pool<string>();
				pool.put("item");
				configure({ idleCleanup: 20 });
				try {
					await until("it is empty", () => pool.stats().evicted === 1);
				} finally {
					configure({ idleCleanup: DEFAULT_IDLE_CLEANUP });
				}
			},
		},
		{
			name: "idleCleanup: false ages nothing, also where a timer was running",
			async run() {
				const pool = new Pool<string>();
				let ticks = 0;
				const stop = onMajorGC(() => void ticks++);
				try {
					// Repeated where a collection of the engine's own came in between, which ages rightly.
					for (let attempt = 0; attempt < 3; attempt++) {
						ticks = 0;
						pool.clear();
						configure({ idleCleanup: 30 });
						pool.put("item");
						configure({ idleCleanup: false });
						await wait(150);
						if (ticks === 0) break;
					}
					assert.deepInclude(pool.stats(), { local: 1, victim: 0 });
				} finally {
					stop();
					configure({ idleCleanup: DEFAULT_IDLE_CLEANUP });
				}
			},
		},
	],
};
