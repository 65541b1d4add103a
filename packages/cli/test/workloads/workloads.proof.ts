import { describe, it } from "node:test";
import { assert } from "chai";
import { defineWorkload } from "../../dist/workloads/define-workload.js";
import { WORKLOADS } from "../../dist/workloads/index.js";
import { loop } from "../../dist/workloads/loop.js";
import { rejectionOf } from "../support/rejection.ts";

describe("every workload", () => {
	for (const { name, open, sources } of WORKLOADS) {
		it(`gives the same result fresh, by hand and pooled: ${name}`, async () => {
			assert.deepEqual(sources, ["fresh", "byHand", "pooled"]);
			const digests = new Set<string>();
			for (const source of sources) {
				for (const concurrency of [undefined, 5]) {
					const session = await open(source, { concurrency });
					try {
						digests.add(await session.verify());
						const { operations, start, end } = await session.run(50);
						assert.isAbove(operations, 0);
						assert.isAtLeast(end - start, 50);
						const { p50, p99 } = await session.takeLatency();
						assert.isAbove(p50, 0);
						assert.isAtMost(p50, p99);
						digests.add(await session.verify());
					} finally {
						await session.close();
					}
				}
			}
			assert.equal(digests.size, 1);
		});
	}
});

describe("a loop", () => {
	it("stops at a result that is not the one it verified", async () => {
		let spoiled = false;
		const session = loop(2, (input) => (spoiled && input === 1 ? -1 : input));
		await session.verify();
		await session.run(5);
		spoiled = true;
		assert.equal((await rejectionOf(session.run(5))).message, "input 1: expected 1, got -1");
	});

	it("does not verify what differs from one pass to the next", async () => {
		let pass = 0;
		const session = loop(1, (_, audit) => {
			audit?.update(String(pass++));
			return 0;
		});
		assert.match((await rejectionOf(session.verify())).message, /another result the second time/u);
	});

	it("tells results apart by their type, too", async () => {
		const digests = await Promise.all([loop(1, () => 1).verify(), loop(1, () => "1").verify()]);
		assert.notEqual(digests[0], digests[1]);
	});
});

describe("a workload of one function", () => {
	class Item {
		static made = 0;
		readonly id = Item.made++;
	}
	let out = 0;
	let mostOut = 0;
	const noteOut = (change: number): void => {
		out += change;
		mostOut = Math.max(mostOut, out);
	};
	const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

	it("has many items out when many operations are under way, whether they take a turn or not", async () => {
		const items = { new: () => new Item(), reset() {} };
		for (const operation of ["synchronous", "asynchronous"] as const) {
			const workload = defineWorkload<Item>({
				name: "items",
				pool: items,
				byHand: (count) => {
					assert.equal(count, 7);
					const made = Array.from({ length: count }, () => new Item());
					return {
						get() {
							noteOut(1);
							const item = made.pop();
							assert.isDefined(item, "no more items are out than was said");
							return item as Item;
						},
						put(item) {
							noteOut(-1);
							made.push(item);
						},
					};
				},
				run(source) {
					const item = source.get();
					if (operation === "synchronous") {
						source.put(item);
						return "done";
					}
					return turn().then(() => {
						source.put(item);
						return "done";
					});
				},
			});
			[out, mostOut] = [0, 0];
			const session = await workload.open("byHand", { concurrency: 7 });
			await session.verify();
			await session.run(20);
			assert.equal(mostOut, 7, operation);
		}
	});

	it("makes one item by hand where one operation is under way, and a new one each time where fresh", async () => {
		const ids = new Set<number>();
		const workload = defineWorkload<Item>({
			name: "items",
			pool: { new: () => new Item() },
			run(source) {
				const item = source.get();
				ids.add(item.id);
				source.put(item);
				return undefined;
			},
		});
		await (await workload.open("byHand")).verify();
		assert.equal(ids.size, 1);
		ids.clear();
		await (await workload.open("fresh")).verify();
		assert.equal(ids.size, 2);
	});
});
