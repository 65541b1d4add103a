import assert from "node:assert/strict";
import { test } from "node:test";
import { summarize } from "../dist/report/summary.js";
import { javascriptRuntime } from "../dist/run/javascript-runtime.js";
import { runScenario } from "../dist/run/run-scenario.js";
import { loadScenario, type ScenarioName } from "../dist/scenarios/index.js";

const TINY = { warmUps: 5, repetitions: 3, milliseconds: 1 };
const MIB = 2 ** 20;

async function measure(name: ScenarioName, rounds: number) {
	const measurements = await runScenario(name, await loadScenario(name), {
		runtimes: [await javascriptRuntime(process.execPath)],
		includes: () => true,
		rounds,
		seed: 1,
		budget: TINY,
		onProgress() {},
	});
	return new Map(measurements.map((row) => [row.variant, summarize(row).median]));
}

test("4,096 slots of 64 KiB cost less than 2 MiB of physical memory until they are used", async () => {
	const rows = await measure("shared-unused", 3);
	const resident = (variant: string) => rows.get(variant)?.residentBytes ?? Number.NaN;
	assert.ok(resident("unused") < 2 * MIB, `${resident("unused")} bytes`);
	assert.ok(resident("unused, may grow") < 2 * MIB, `${resident("unused, may grow")} bytes`);
	assert.ok(
		resident("used once") >= 255 * MIB,
		`${resident("used once")} bytes, so the method does not see them`,
	);
});

for (const name of ["shared-pair", "shared-threads", "shared-adopt", "hand-over", "struct-access"] as const) {
	test(`every case of ${name} that JavaScript has can be measured`, async () => {
		const rows = await measure(name, 1);
		for (const [variant, { time }] of rows) assert.ok(time > 0, `${variant}: ${time} ns`);
		assert.deepEqual(
			[...rows.keys()],
			(await loadScenario(name)).variants.filter((variant) => !variant.startsWith("go,")),
		);
	});
}
