import { describe, it } from "node:test";
import { assert } from "chai";
import { defineWorkload } from "../../dist/workloads/define-workload.js";

const pool = { new: () => new Uint8Array(3) };

describe("defineWorkload", () => {
	it("infers what its function gets, also where fresh items are of another type", () => {
		const { name, summary, sources } = defineWorkload({
			name: "typed",
			pool,
			fresh: (): ArrayLike<number> => [1],
			inputs: ["a", "b"],
			run(items, input) {
				const item = items.get();
				items.put(item);
				return item.length + input.length;
			},
		});
		assert.deepEqual([name, summary, sources], ["typed", "", ["fresh", "byHand", "pooled"]]);
		defineWorkload({
			name: "typed",
			pool,
			// @ts-expect-error: items have no such member
			run: (items) => items.get().nothing,
		});
	});

	it("has no way by hand where there is none", () => {
		const { sources } = defineWorkload({ name: "two ways", pool, byHand: false, run: () => 1 });
		assert.deepEqual(sources, ["fresh", "pooled"]);
	});

	const mistakes: readonly (readonly [definition: unknown, message: string])[] = [
		[undefined, "expected an object, got undefined"],
		[{ name: "", pool, run() {} }, 'name: expected a string that is not empty, got ""'],
		[{ name: "a", run() {} }, "pool: expected the options of a pool, with new, got undefined"],
		[{ name: "a", pool: {}, run() {} }, "pool: expected the options of a pool, with new, got an object"],
		[{ name: "a", pool, run: 1 }, "run: expected a function, got 1"],
		[{ name: "a", pool, run() {}, open() {} }, "expected either run or open"],
		[{ name: "a", pool, open() {}, inputs: [1] }, "inputs go with run, not with open"],
		[{ name: "a", pool, run() {}, inputs: "b" }, 'inputs: expected an array, or a function, got "b"'],
		[{ name: "a", pool, run() {}, byHand: true }, "byHand: expected a function, or false, got true"],
		[{ name: "a", pool, run() {}, itemsInUse: 0 }, "itemsInUse: expected a whole number from 1, got 0"],
	];
	for (const [definition, message] of mistakes) {
		it(`refuses what no workload can be made of: ${message}`, () => {
			assert.throws(() => defineWorkload(definition as never), TypeError, `defineWorkload: ${message}`);
		});
	}
});
