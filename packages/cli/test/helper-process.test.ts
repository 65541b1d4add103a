import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { HelperProcess } from "../dist/measure/helper-process.js";
import type { HelperOrder } from "./fixtures/helper.ts";

describe("a helper process", () => {
	let helper: HelperProcess;

	beforeEach(() => {
		helper = new HelperProcess("the helper", new URL("./fixtures/helper.js", import.meta.url));
	});

	afterEach(() => helper.stop());

	const ask = (order: HelperOrder, withinMilliseconds = 10_000): Promise<unknown> =>
		helper.ask({ order }, withinMilliseconds);

	it("answers, and answers again", async () => {
		assert.deepEqual(await ask("answer"), { answered: true });
		assert.deepEqual(await ask("answer"), { answered: true });
	});

	it("that throws rejects with what it wrote to stderr", async () => {
		await assert.rejects(ask("throw"), /the helper ended with status 1:\n.*Error: an error on purpose/su);
	});

	it("that exits silently rejects with its status", async () => {
		await assert.rejects(ask("exit"), /^Error: the helper ended with status 3$/u);
	});

	it("that does not answer in time is killed", async () => {
		await assert.rejects(ask("stay silent", 500), /^Error: the helper did not answer in time$/u);
	});

	it("that ended before it is asked rejects too", async () => {
		await assert.rejects(ask("exit"));
		await assert.rejects(ask("answer"), /the helper ended with status 3/u);
	});
});
