import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { assert } from "chai";
import { ROUNDS_PER_SITTING, SITTINGS } from "../../dist/bench/compare.js";
import type { BenchReport } from "../../dist/report/model.js";
import { runCli } from "../support/run-cli.ts";
import { scratchFolder } from "../support/scratch.ts";

describe("bench", () => {
	const file = scratchFolder();
	const json = () => file("bench.json");
	const readReport = async () => JSON.parse(await readFile(json(), "utf8")) as BenchReport;

	it("prints the table on stdout, progress on stderr, and writes all that it measured", async () => {
		const { status, stdout, stderr } = await runCli([
			...["bench", "encode", "points", "--seconds", "0.4", "--json", json()],
		]);
		assert.equal(status, 0, stderr);
		assert.equal(stderr, "encode: 1 of 2 done\npoints: 2 of 2 done\n");
		for (const name of ["encode", "points"]) {
			const rows = " .*\\n {2}fresh .*\\n {2}tuned .*×.*–.*\\n {2}pooled .*×.*–.*\\n {2}→ ";
			assert.match(stdout, new RegExp(`^${name}${rows}`, "mu"));
		}

		const report = await readReport();
		assert.equal(report.format, 2);
		assert.equal(report.kind, "bench");
		assert.equal(report.runtime.versions.node, process.versions.node);
		assert.equal(report.machine.architecture, process.arch);
		assert.equal(report.settings.seconds, 0.4);
		assert.isFalse(report.interrupted);
		assert.deepEqual(
			report.workloads.map(({ name }) => name),
			["encode", "points"],
		);
		for (const workload of report.workloads) {
			assert.notProperty(workload, "error");
			if ("error" in workload) continue;
			const { sittings, fresh, tuned, byHand, pooled, overFresh, verdict } = workload;
			assert.lengthOf(sittings, SITTINGS);
			for (const { rounds } of sittings) assert.lengthOf(rounds, ROUNDS_PER_SITTING);
			assert.isDefined(tuned);
			assert.isUndefined(byHand);
			for (const figures of [fresh, tuned ?? fresh, pooled]) {
				assert.isAbove(figures.operationsPerSecond, 0);
				assert.isAbove(figures.latency.p50, 0);
				assert.isAtLeast(figures.latency.p99, figures.latency.p50);
				assert.isAbove(figures.peakRss, 10e6);
				assert.isAtLeast(figures.collections?.minorPerSecond ?? -1, 0);
				assert.isNotEmpty(figures.timeline.at);
			}
			for (const { low, median, high } of Object.values(overFresh)) {
				assert.isAtMost(low, median);
				assert.isAtMost(median, high);
			}
			assert.include(stdout, verdict.text);
		}
	});

	it("shows that a fresh buffer is made for each document, and none by a pool that has all it needs", async () => {
		// On a busy machine few documents are encoded in a short round, and the pool is still being filled.
		for (const seconds of [0.4, 4, 20]) {
			await runCli(["bench", "encode", "--seconds", String(seconds), "--json", json()]);
			const [encode] = (await readReport()).workloads;
			assert.ok(encode !== undefined && "fresh" in encode);
			const fresh = encode.fresh.allocatedPerOperation?.offHeap ?? 0;
			assert.isAbove(fresh, 100e3);
			// What the first documents cost is spread over all.
			if ((encode.pooled.allocatedPerOperation?.offHeap ?? 1e9) < fresh / 10) return;
		}
		assert.fail("the pool went on making buffers");
	});

	it("says which process crashed and why, goes on with the others, and ends with status 1", async () => {
		const { status, stdout, stderr } = await runCli(
			["bench", "points", "encode", "--seconds", "0.1", "--json", json()],
			{ preload: "measuring-process-crashes.js" },
		);
		assert.equal(status, 1);
		for (const name of ["points", "encode"]) {
			const said = `^ebbpool: ${name}: the process that measures ${name} (fresh|tuned|pooled) ended with status 1:$`;
			assert.match(stderr, new RegExp(said, "mu"));
		}
		assert.match(stderr, /Error: a crash on purpose/u);
		assert.match(stdout, /^points .*\n {2}failed$/mu);
		for (const workload of (await readReport()).workloads) assert.property(workload, "error");
	});

	it("ends with status 1 when the ways do not give the same result", async () => {
		const { status, stderr } = await runCli(["bench", "encode", "--seconds", "0.1"], {
			preload: "encode-into-corrupts.js",
		});
		assert.equal(status, 1);
		assert.match(
			stderr,
			/^ebbpool: encode: the ways do not give the same result: sha256 \w+… fresh, \w+… pooled$/mu,
		);
	});
});
