import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as original from "ebbpool";
import { majorGC } from "../support/major-gc.ts";

original.configure({ minAge: 0 }); // Go's rhythm

const DEFAULT_IDLE_CLEANUP = 120_000;

/** Another copy of the ES modules, as two dependencies may bring two versions. */
async function copyElsewhere(): Promise<typeof original> {
	const folder = await mkdtemp(join(tmpdir(), "ebbpool-copy-"));
	after(() => rm(folder, { recursive: true }));
	const dist = dirname(fileURLToPath(import.meta.resolve("ebbpool")));
	await cp(dist, join(folder, "dist"), { recursive: true });
	await cp(join(dist, "../package.json"), join(folder, "package.json"));
	return import(pathToFileURL(join(folder, "dist/index.js")).href);
}

/** The CommonJS build, as a program gets it whose dependencies still `require`. */
const requireIt = async (): Promise<typeof original> => createRequire(import.meta.url)("ebbpool");

describe("two copies of the package in one thread", () => testCopies(copyElsewhere));
describe("the ES modules and the CommonJS build in one thread", () => testCopies(requireIt));

function testCopies(load: () => Promise<typeof original>): void {
	let copy: typeof original;

	before(async () => {
		copy = await load();
	});

	test("are two copies", () => {
		assert.notEqual(copy.Pool, original.Pool);
		assert.notEqual(copy.PoolError, original.PoolError);
	});

	test("an error of either is an instance of the other's PoolError", () => {
		for (const [one, other] of [
			[original, copy],
			[copy, original],
		] as const) {
			const pool = new one.Pool<string>();
			pool[Symbol.dispose]();
			assert.throws(
				() => pool.get(),
				(error) => error instanceof other.PoolError && error.code === "ERR_POOL_DISPOSED",
			);
			assert.ok(!((new Error("x") as unknown) instanceof other.PoolError));
		}
	});

	test("poolCleanup of either ages the pools of both", () => {
		const pools = [new original.Pool<number>(), new copy.Pool<number>()];
		for (const pool of pools) pool.put(1);
		original.poolCleanup();
		for (const pool of pools) assert.equal(pool.stats().victim, 1);
		copy.poolCleanup();
		for (const pool of pools) assert.equal(pool.stats().evicted, 1);
	});

	test("a collection ages the pools of both by one generation and calls the listeners of both once", async () => {
		const pools = [new original.Pool<object>(), new copy.Pool<object>()];
		const calls: string[] = [];
		const stops = [
			original.onMajorGC(() => void calls.push("original")),
			copy.onMajorGC(() => void calls.push("copy")),
		];
		for (const pool of pools) pool.put({});
		await majorGC();
		for (const pool of pools) assert.equal(pool.stats().victim, 1);
		assert.deepEqual(calls.toSorted(), ["copy", "original"]);
		await majorGC();
		for (const pool of pools) assert.equal(pool.stats().evicted, 1);
		for (const stop of stops) stop();
		await majorGC();
		assert.equal(calls.length, 4);
	});

	test("a configuration given to either holds for both", async () => {
		const pool = new original.Pool<object>();
		try {
			copy.configure({ idleCleanup: 20 });
			pool.put({});
			const deadline = performance.now() + 10_000;
			while (pool.stats().evicted === 0 && performance.now() < deadline) await setTimeout(5);
			assert.equal(pool.stats().evicted, 1);
		} finally {
			original.configure({ idleCleanup: DEFAULT_IDLE_CLEANUP });
		}
	});
}
