import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { assert } from "chai";
import { type Allocated, countAllocations } from "../../dist/measure/allocations.js";

/** Something must refer to what is allocated, or the compiler leaves the allocation out. */
let sink: unknown;

async function count(work: () => unknown): Promise<Allocated> {
	const allocated = await countAllocations(work);
	assert.isDefined(allocated, "this engine does not report its collections");
	return allocated as Allocated;
}

async function countPerOperation(operations: number, allocate: () => unknown) {
	const { heap, offHeap } = await count(async () => {
		for (let operation = 0; operation < operations; operation++) {
			sink = allocate();
			if (operation % 1_000 === 0) await turn();
		}
	});
	assert.notEqual(sink, undefined);
	return { heap: heap / operations, offHeap: offHeap / operations };
}

function assertWithin(actual: number, expected: number, tolerance: number): void {
	assert.ok(Math.abs(actual - expected) <= tolerance, `expected ${expected} ± ${tolerance}, got ${actual}`);
}

describe("counting allocations", () => {
	it("does not take what is still being freed for what it counts", async () => {
		const text = "é".repeat(100_000);
		async function churn(milliseconds: number): Promise<number> {
			const deadline = performance.now() + milliseconds;
			let operations = 0;
			while (performance.now() < deadline) {
				for (let slice = 0; slice < 50; slice++) sink = Buffer.from(text);
				operations += 50;
				await turn();
			}
			return operations;
		}

		for (let attempt = 0; attempt < 8; attempt++) {
			setFlagsFromString("--concurrent-array-buffer-sweeping");
			await churn(100 + 30 * attempt);
			let operations = 0;
			const { offHeap } = await count(async () => {
				operations = await churn(40);
			});
			assertWithin(offHeap / operations, 200_000, 200);
		}
	});

	it("sees every byte off the heap, across many collections", async () => {
		const { offHeap } = await countPerOperation(5_000, () => Buffer.allocUnsafeSlow(65_536));
		assertWithin(offHeap, 65_536, 66);
	});

	it("sees buffers that are kept", async () => {
		const kept: Buffer[] = [];
		const { offHeap } = await countPerOperation(100, () => kept.push(Buffer.allocUnsafeSlow(65_536)));
		assertWithin(offHeap, 65_536, 66);
	});

	it("sees the heap to within a few bytes of what an array must take", async () => {
		const words = 100;
		const header = 48;
		const { heap, offHeap } = await countPerOperation(200_000, () => new Array(words).fill(0));
		assertWithin(heap, words * 8 + header, words * 8 * 0.02);
		assertWithin(offHeap, 0, 1);
	});

	it("sees nothing where nothing is allocated", async () => {
		const buffer = Buffer.allocUnsafeSlow(65_536);
		const { heap, offHeap } = await countPerOperation(100_000, () => buffer[0]);
		assertWithin(heap, 0, 8);
		assertWithin(offHeap, 0, 1);
	});
});
