import { once } from "node:events";
import { describe, test } from "node:test";
import { Worker } from "node:worker_threads";
import { assert } from "chai";

/** What a worker makes of the library in which these globals are missing. */
async function without(
	...globals: readonly string[]
): Promise<{ pool: string; attached: string; text: string }> {
	const worker = new Worker(new URL("./support/bare.js", import.meta.url), { workerData: globals });
	const [outcome] = await once(worker, "message");
	return outcome;
}

describe("the import works", () => {
	test("where memory cannot be shared; create says so, and structs of other memory work", async () => {
		const { pool, attached, text } = await without("SharedArrayBuffer", "Atomics");
		assert.match(pool, /^ERR_POOL_OPTION .*SharedArrayBuffer.* cross-origin isolated/);
		assert.match(attached, /^ERR_POOL_HANDLE .*SharedArrayBuffer/);
		assert.strictEqual(text, "é");
	});

	test("where there are no atomics, as on QuickJS; create and attach name what is missing", async () => {
		const { pool, attached, text } = await without("Atomics");
		assert.match(pool, /^ERR_POOL_OPTION SharedPool\.create: expected an engine with Atomics/);
		assert.match(attached, /^ERR_POOL_HANDLE SharedPool\.attach: expected an engine with Atomics/);
		assert.strictEqual(text, "é");
	});

	test("without an encoder of text; what needs one says so", async () => {
		const { pool, text } = await without("TextEncoder", "TextDecoder");
		assert.strictEqual(pool, "true");
		assert.match(text, /^ERR_POOL_ARGUMENT .*TextEncoder/);
	});

	test("without weak references, finalization and random numbers, which are not needed", async () => {
		const { pool, text } = await without("WeakRef", "FinalizationRegistry", "crypto");
		assert.deepEqual({ pool, text }, { pool: "true", text: "é" });
	});
});
