import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "../dist/arguments.js";
import { summarize } from "../dist/report/summary.js";
import { scenarioTable } from "../dist/report/table.js";
import { javascriptRuntime } from "../dist/run/javascript-runtime.js";
import { alternatingOrders } from "../dist/run/order.js";
import { runScenario } from "../dist/run/run-scenario.js";
import { loadScenario } from "../dist/scenarios/index.js";

const TINY = { warmUps: 50, repetitions: 3, milliseconds: 2 };

test("a scenario measures each peer in a process of its own and yields a table", async () => {
	const scenario = await loadScenario("pair");
	const processes: string[] = [];
	const measurements = await runScenario("pair", scenario, {
		runtimes: [await javascriptRuntime(process.execPath)],
		includes: (variant) => variant === "ours" || variant === "new",
		rounds: 2,
		seed: 1,
		budget: TINY,
		onProgress: (line) => processes.push(line),
	});

	assert.equal(processes.length, 4);
	const [ours, fresh] = measurements;
	assert.deepEqual([ours?.variant, fresh?.variant], ["ours", "new"]);
	for (const { samples } of measurements) {
		assert.equal(samples.length, 2);
		for (const { time } of samples) assert.ok(time > 0 && time < 1e6, `${time} ns per get and put`);
	}
	// A four-field object: header, elements, properties and four fields of 8 bytes.
	for (const { heapBytes = 0 } of fresh?.samples ?? []) assert.ok(heapBytes > 50, `${heapBytes} bytes`);
	for (const { heapBytes = 99 } of ours?.samples ?? []) assert.ok(heapBytes < 5, `${heapBytes} bytes`);

	const lines = scenarioTable(scenario, measurements.map(summarize)).split("\n");
	assert.equal(lines.length, 4);
	assert.match(lines[0] ?? "", /÷ ours/);
	assert.match(lines[2] ?? "", /^\| ours .* 1\.00 × /);
});

test("every second round runs the order of the one before backwards, and the seed decides", () => {
	const entries = ["a", "b", "c", "d", "e", "f"];
	const [first = [], second = [], third = []] = alternatingOrders(entries, 3, 7);
	assert.deepEqual([...first].sort(), entries);
	assert.deepEqual(second, [...first].reverse());
	assert.notDeepEqual(third, first);
	assert.deepEqual(alternatingOrders(entries, 3, 7), [first, second, third]);
});

test("an executable that cannot be run is refused", async () => {
	await assert.rejects(javascriptRuntime("./no-such-node"), (error) => error instanceof UsageError);
});
