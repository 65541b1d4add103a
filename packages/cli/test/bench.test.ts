import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ROUNDS_PER_SITTING, SITTINGS } from "../dist/measure/compare.js";
import type { benchReport } from "../dist/report/json.js";
import { runCli } from "./run-cli.ts";

describe("bench", () => {
	let directory: string;
	let json: string;

	before(async () => {
		directory = await mkdtemp(join(tmpdir(), "ebbpool-bench-"));
		json = join(directory, "bench.json");
	});

	after(() => rm(directory, { recursive: true }));

	it("prints the table on stdout, progress on stderr, and writes all that it measured", async () => {
		const { status, stdout, stderr } = await runCli([
			"bench",
			"encode",
			"points",
			"--seconds",
			"0.4",
			"--json",
			json,
		]);
		assert.equal(status, 0, stderr);
		assert.equal(stderr, "encode: 1 of 2 done\npoints: 2 of 2 done\n");
		assert.match(stdout, /^encode .*\n {2}fresh .*\n {2}pooled .*×\n {2}→ /mu);
		assert.match(stdout, /^points .*\n {2}fresh .*\n {2}pooled .*×\n {2}→ /mu);

		const report = JSON.parse(await readFile(json, "utf8")) as ReturnType<typeof benchReport>;
		assert.equal(report.format, 1);
		assert.equal(report.runtime.versions.node, process.versions.node);
		assert.equal(report.machine.architecture, process.arch);
		assert.equal(report.settings.seconds, 0.4);
		assert.deepEqual(
			report.workloads.map(({ name }) => name),
			["encode", "points"],
		);
		for (const workload of report.workloads) {
			assert.ok(!("error" in workload));
			const { sittings, fresh, pooled, ratio, verdict } = workload;
			assert.equal(sittings.length, SITTINGS);
			for (const { rounds } of sittings) assert.equal(rounds.length, ROUNDS_PER_SITTING);
			for (const summary of [fresh, pooled]) {
				assert.ok(summary.operationsPerSecond > 0);
				assert.ok(summary.latency.p50 > 0 && summary.latency.p99 >= summary.latency.p50);
				assert.ok(summary.peakRss > 10e6);
				assert.ok(summary.collections.minorPerSecond >= 0 && summary.collections.majorPerSecond >= 0);
			}
			assert.ok(ratio.low <= ratio.median && ratio.median <= ratio.high);
			assert.ok(stdout.includes(verdict.text));
		}
		const [encode] = report.workloads;
		assert.ok(encode !== undefined && "fresh" in encode);
		assert.ok(
			encode.fresh.allocatedPerOperation.offHeap > 100e3,
			"fresh encoding allocates each document's bytes",
		);
		assert.ok(encode.pooled.allocatedPerOperation.offHeap < 1e3, "pooled encoding allocates none");
	});

	it("says which process crashed and why, goes on with the others, and ends with status 1", async () => {
		const { status, stdout, stderr } = await runCli(
			["bench", "points", "encode", "--seconds", "0.1", "--json", json],
			"measuring-process-crashes.js",
		);
		assert.equal(status, 1);
		assert.match(
			stderr,
			/^ebbpool: points: the process that measures points (fresh|pooled) ended with status 1:$/mu,
		);
		assert.match(
			stderr,
			/^ebbpool: encode: the process that measures encode (fresh|pooled) ended with status 1:$/mu,
		);
		assert.match(stderr, /Error: a crash on purpose/u);
		assert.match(stdout, /^points .*\n {2}failed$/mu);
		const report = JSON.parse(await readFile(json, "utf8")) as ReturnType<typeof benchReport>;
		assert.ok(report.workloads.every((workload) => "error" in workload));
	});

	it("ends with status 1 when the variants do not give the same result", async () => {
		const { status, stderr } = await runCli(
			["bench", "encode", "--seconds", "0.1"],
			"encode-into-corrupts.js",
		);
		assert.equal(status, 1);
		assert.match(
			stderr,
			/^ebbpool: encode: the variants do not give the same result: sha256 \w+… fresh, \w+… pooled$/mu,
		);
	});
});
