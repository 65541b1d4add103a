import { afterEach, beforeEach, describe, it } from "node:test";
import { assert } from "chai";
import { HelperProcess } from "../../dist/measure/helper-process.js";
import type { HelperOrder } from "../fixtures/helper.ts";
import { rejectionOf } from "../support/rejection.ts";

describe("a helper process", () => {
	let helper: HelperProcess;

	beforeEach(() => {
		helper = new HelperProcess("the helper", new URL("../fixtures/helper.js", import.meta.url), {
			environment: { HELPER_VARIABLE: "set", PATH: undefined },
		});
	});

	afterEach(() => helper.stop());

	const ask = (order: HelperOrder, withinMilliseconds = 60_000): Promise<unknown> =>
		helper.ask({ order }, withinMilliseconds);

	it("answers, and answers again", async () => {
		assert.deepEqual(await ask("answer"), { answered: true });
		assert.deepEqual(await ask("answer"), { answered: true });
	});

	it("has the variables that it is given, and not those that are taken away", async () => {
		assert.deepEqual(await ask("tell environment"), { variable: "set", path: false });
	});

	it("leaves Ctrl-C to the one that forked it", async () => {
		assert.deepEqual(await ask("interrupt yourself"), { answered: true });
	});

	it("that throws rejects with what it wrote to stderr", async () => {
		const { message } = await rejectionOf(ask("throw"));
		assert.match(message, /^the helper ended with status 1:\n.*Error: an error on purpose/su);
	});

	it("that exits silently rejects with its status", async () => {
		assert.equal((await rejectionOf(ask("exit"))).message, "the helper ended with status 3");
	});

	it("that does not answer in time is killed", async () => {
		assert.equal((await rejectionOf(ask("stay silent", 500))).message, "the helper did not answer in time");
	});

	it("that ended before it is asked rejects too", async () => {
		await rejectionOf(ask("exit"));
		assert.equal((await rejectionOf(ask("answer"))).message, "the helper ended with status 3");
	});
});
