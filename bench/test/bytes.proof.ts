import assert from "node:assert/strict";
import { test } from "node:test";
import { fileSizes, jsonRecords } from "../dist/real-data.js";
import { javascriptRuntime } from "../dist/run/javascript-runtime.js";
import { runScenario } from "../dist/run/run-scenario.js";
import { loadScenario } from "../dist/scenarios/index.js";
import { pooledLength, powerOfTwo, wasteOf } from "../dist/waste.js";

const TINY = { warmUps: 1, repetitions: 3, milliseconds: 1 };

test("the size classes waste at most 15 % of what they allocate, on average, for files and JSON records", () => {
	for (const sizes of [fileSizes(), jsonRecords.map((text) => Buffer.byteLength(text))]) {
		const { average, ofBytes, worst } = wasteOf(sizes, pooledLength);
		assert.ok(sizes.length > 1000, `${sizes.length} sizes`);
		assert.ok(average <= 0.15, `${average} on average`);
		assert.ok(ofBytes <= 0.15, `${ofBytes} of all bytes`);
		assert.ok(worst < 0.2, `${worst} at worst`);
		assert.ok(wasteOf(sizes, powerOfTwo).average > 0.15, "the sizes are such that classes matter");
	}
});

test("waste is what nobody asked for, as a part of what is allocated", () => {
	assert.deepEqual(
		wasteOf([32, 64, 96], () => 128),
		{ average: 0.5, ofBytes: 0.5, worst: 0.25 },
	);
});

test("arrays are counted where they lie, outside of the heap", async () => {
	const measurements = await runScenario("rent-1k", await loadScenario("rent-1k"), {
		runtimes: [await javascriptRuntime(process.execPath)],
		includes: (variant) => ["ours", "Buffer.allocUnsafe"].includes(variant),
		rounds: 1,
		seed: 1,
		budget: TINY,
		onProgress() {},
	});
	const [ours, fresh] = measurements.map(({ samples }) => samples[0]?.offHeapBytes);
	assert.ok(ours !== undefined && ours < 10, `${ours} bytes`);
	assert.ok(fresh !== undefined && Math.abs(fresh - 1024) < 50, `${fresh} bytes`);
});

test("files are read into memory that is used again: no bytes outside of the heap for each", async () => {
	for (const [name, ours, fresh, length] of [
		["read-file-1m", "readFile", "fs.promises.readFile", 2 ** 20],
		["read-chunks", "readChunks", "createReadStream", 2 ** 16],
	] as const) {
		const measurements = await runScenario(name, await loadScenario(name), {
			runtimes: [await javascriptRuntime(process.execPath)],
			includes: (variant) => variant === ours || variant === fresh,
			rounds: 1,
			seed: 1,
			budget: TINY,
			onProgress() {},
		});
		const bytes = new Map(
			measurements.map((row) => [row.variant, row.samples[0]?.offHeapBytes ?? Number.NaN]),
		);
		const [reused, allocated] = [bytes.get(ours) ?? Number.NaN, bytes.get(fresh) ?? Number.NaN];
		assert.ok(allocated >= length, `${fresh}: ${allocated} bytes`);
		assert.ok(reused < length / 2, `${ours}: ${reused} bytes`);
	}
});
