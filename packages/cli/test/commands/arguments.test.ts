import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { assert } from "chai";
import { checkMemory, parseBenchOptions } from "../../dist/bench/options.js";
import { UsageError } from "../../dist/commands/usage-error.js";
import { DEFAULT_WORKLOADS, WORKLOADS } from "../../dist/workloads/index.js";
import { rejectionOf } from "../support/rejection.ts";
import { runCli } from "../support/run-cli.ts";

describe("the arguments of bench", () => {
	const workloads = async (args: readonly string[]) =>
		(await parseBenchOptions(args)).subjects.map(({ workload }) => workload);

	it("choose the six workloads, the named ones once and in their order, or all", async () => {
		const names = async (args: readonly string[]) => (await workloads(args)).map(({ name }) => name);
		assert.deepEqual(await names([]), ["frame", "lines", "encode", "deflate", "http", "points"]);
		assert.deepEqual(await workloads([]), DEFAULT_WORKLOADS);
		assert.deepEqual(await names(["points", "lines", "points"]), ["points", "lines"]);
		assert.deepEqual(await workloads(["--all"]), WORKLOADS);
	});

	it("choose three ways, or all four", async () => {
		assert.deepEqual((await parseBenchOptions([])).ways, ["fresh", "tuned", "pooled"]);
		assert.deepEqual((await parseBenchOptions(["--all-ways"])).ways, ["fresh", "tuned", "byHand", "pooled"]);
	});

	it("set the seconds, the live megabytes, the concurrency and the files", async () => {
		const [json, report] = [join(tmpdir(), "bench.json"), join(tmpdir(), "bench.html")];
		const options = await parseBenchOptions([
			...["--seconds", "0.5", "--live", "200", "--concurrency", "16", "--json", json, "--report", report],
		]);
		assert.deepInclude(options, { seconds: 0.5, liveMegabytes: 200, concurrency: 16, json, report });
		assert.deepInclude(await parseBenchOptions([]), { liveMegabytes: 0, concurrency: undefined });
	});

	it("must leave room for the live megabytes of all ways at once", () => {
		checkMemory(1000, 4, 6e9);
		assert.throws(
			() => checkMemory(1001, 4, 6e9),
			UsageError,
			"--live: 4 processes with 1001 MB each do not fit into the 6 GB of this machine",
		);
	});

	const mistakes: readonly (readonly [args: readonly string[], message: RegExp])[] = [
		[
			["lnies"],
			new RegExp(`^unknown workload lnies; known: ${WORKLOADS.map(({ name }) => name).join(", ")}, or `, "u"),
		],
		[["--reprot", "report.html"], /^Unknown option '--reprot'$/u],
		[["lines", "--", "node"], /^bench runs no program: nothing can follow --$/u],
		[["--live", "lots"], /^--live: expected a number from 0 to 16384, got "lots"$/u],
		[["--live", "-1"], /^Option '--live' argument is ambiguous/u],
		[["--concurrency", "1.5"], /^--concurrency: expected a whole number from 1 to 100000, got "1.5"$/u],
		[["--concurrency", "0"], /got "0"$/u],
		[["./no-such-file.mjs"], /^there is no file \.\/no-such-file\.mjs$/u],
		[["--all", "lines"], /^--all runs every workload: leave out lines$/u],
		[["--seconds"], /--seconds <value>.* argument missing/u],
		[["--seconds", "soon"], /^--seconds: expected a number from 0\.1 to 600, got "soon"$/u],
		[["--seconds", ""], /got ""$/u],
		[["--seconds", "0"], /got "0"$/u],
		[["--seconds=-1"], /got "-1"$/u],
		[["--seconds", "601"], /got "601"$/u],
		[["--json", ""], /^--json: expected the name of a file$/u],
		[["--json", tmpdir()], /is a directory$/u],
		[["--json", join(tmpdir(), "no such directory", "bench.json")], /^--json: there is no directory /u],
	];
	for (const [args, message] of mistakes) {
		it(
			`are refused: ${args.map((arg) => JSON.stringify(arg)).join(" ")}`.replaceAll(tmpdir(), "<tmp>"),
			async () => {
				const error = await rejectionOf(parseBenchOptions(args));
				assert.instanceOf(error, UsageError);
				assert.match(error.message, message);
			},
		);
	}
});

describe("ebbpool", () => {
	it("answers --help and bench --help with the workloads, --version with the version", async () => {
		for (const args of [["--help"], ["bench", "--help"]]) {
			const { status, stdout, stderr } = await runCli(args);
			assert.deepEqual([status, stderr], [0, ""]);
			for (const { name, summary } of WORKLOADS) assert.ok(stdout.includes(name) && stdout.includes(summary));
		}
		const { status, stdout } = await runCli(["--version"]);
		assert.equal(status, 0);
		assert.match(stdout, /^\d+\.\d+\.\d+\n$/u);
	});

	for (const [args, message] of [
		[[], /^ebbpool: expected a command: bench\b/u],
		[["bnech"], /^ebbpool: unknown command bnech; known: bench\b/u],
		[["--bench"], /^ebbpool: unknown command --bench/u],
		[["bench", "lnies"], /^ebbpool: unknown workload lnies; known: frame, lines/u],
	] as const) {
		it(`ends with status 2 and says why on stderr: ebbpool ${args.join(" ")}`, async () => {
			const { status, stdout, stderr } = await runCli(args);
			assert.equal(status, 2);
			assert.equal(stdout, "");
			assert.match(stderr, message);
		});
	}
});
