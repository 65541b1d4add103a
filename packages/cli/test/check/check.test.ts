import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import type { CheckReport } from "../../dist/report/model.js";
import { scratchFolder } from "../support/scratch.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/check/${name}.js`, import.meta.url));

function start(args: readonly string[]) {
	const child = spawn(process.execPath, [MAIN, "check", ...args], { stdio: "pipe" });
	const closed = once(child, "close") as Promise<[number | null]>;
	const outcome = Promise.all([text(child.stdout), text(child.stderr), closed]).then(
		([stdout, stderr, [status]]) => ({ stdout, stderr, status }),
	);
	return { child, outcome };
}

describe("check", () => {
	const inScratch = scratchFolder();

	it("finds misuse, tells it grouped by place, writes it to a file, and makes the status 1", async () => {
		const json = inScratch("check.json");
		const { outcome } = start(["--json", json, "--", process.execPath, fixture("puts-twice"), "0", "-x"]);
		const { status, stdout, stderr } = await outcome;
		assert.equal(status, 1, stderr);
		assert.equal(stdout, '["0","-x"]\n');
		assert.match(stderr, /3 violations at 1 place/);
		assert.match(stderr, /3 × doublePut, pool "lists"/);
		assert.match(stderr, /put again at\n\s+at .*puts-twice/);
		const report = JSON.parse(readFileSync(json, "utf8")) as CheckReport;
		assert.equal(report.kind, "check");
		assert.deepEqual(
			report.violations.map(({ kind, pool, count }) => [kind, pool, count]),
			[["doublePut", "lists", 3]],
		);
	});

	it("finds leaks of a program that ends before anything was collected, and tells what its pools did", async () => {
		const json = inScratch("leaks.json");
		const { outcome } = start(["--json", json, "--", process.execPath, fixture("leaks")]);
		const { status, stderr } = await outcome;
		assert.equal(status, 1, stderr);
		assert.match(stderr, /5 × leaks, pool "leaky"/);
		const { pools } = JSON.parse(readFileSync(json, "utf8")) as CheckReport;
		const named = Object.fromEntries(pools.map((pool) => [pool.name, pool]));
		assert.deepInclude(named.leaky, { pools: 1, gets: 5, hits: 0, misses: 5, pooled: 0 });
		assert.deepInclude(named.arrays, { pooled: 1, bytes: 1024 });
	});

	it("leaves a program's own failure as its status", async () => {
		const { outcome } = start(["--", process.execPath, fixture("puts-twice"), "5"]);
		assert.equal((await outcome).status, 5);
	});

	it("says that it found nothing, and passes stdin on", async () => {
		const { child, outcome } = start(["--", process.execPath, fixture("correct")]);
		child.stdin.end("hello");
		const { status, stdout, stderr } = await outcome;
		assert.equal(status, 0, stderr);
		assert.equal(stdout, "hello");
		assert.match(stderr, /nothing found in \d+ threads? \(leaks, doublePut, useAfterPut, dirtyPut\)/);
	});

	it("passes signals on, and tells what was found before them", async () => {
		const { child, outcome } = start(["--", process.execPath, fixture("waits")]);
		await once(child.stdout, "readable");
		child.kill("SIGTERM");
		const { status, stderr } = await outcome;
		assert.equal(status, 7, stderr);
		assert.match(stderr, /doublePut, pool "late"/);
	});

	for (const [args, told] of [
		[[], /expected a program/],
		[["app.js"], /expected -- before the program/],
		[["--", "no-such-program-here"], /there is no program no-such-program-here/],
	] as const) {
		it(`refuses ${args.join(" ") || "nothing"}`, async () => {
			const { status, stderr } = await start(args).outcome;
			assert.equal(status, 2);
			assert.match(stderr, told);
		});
	}
});
