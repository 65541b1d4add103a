import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseBenchOptions } from "../dist/commands/bench-options.js";
import { UsageError } from "../dist/usage-error.js";
import { DEFAULT_WORKLOADS, WORKLOADS } from "../dist/workloads/index.js";
import { runCli } from "./run-cli.ts";

describe("the arguments of bench", () => {
	const names = (args: readonly string[]): string[] =>
		parseBenchOptions(args).workloads.map(({ name }) => name);

	it("choose the six workloads, the named ones once and in their order, or all", () => {
		assert.deepEqual(names([]), ["frame", "lines", "encode", "deflate", "http", "points"]);
		assert.deepEqual(parseBenchOptions([]).workloads, DEFAULT_WORKLOADS);
		assert.deepEqual(names(["points", "lines", "points"]), ["points", "lines"]);
		assert.deepEqual(parseBenchOptions(["--all"]).workloads, WORKLOADS);
	});

	it("set the seconds and the file", () => {
		const json = join(tmpdir(), "bench.json");
		const options = parseBenchOptions(["--seconds", "0.5", "--json", json]);
		assert.equal(options.seconds, 0.5);
		assert.equal(options.json, json);
	});

	const mistakes: readonly (readonly [args: readonly string[], message: RegExp])[] = [
		[
			["lnies"],
			new RegExp(`^unknown workload lnies; known: ${WORKLOADS.map(({ name }) => name).join(", ")}$`, "u"),
		],
		[["--report", "report.html"], /^Unknown option '--report'$/u],
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
			() => {
				assert.throws(
					() => parseBenchOptions(args),
					(error) => error instanceof UsageError && message.test(error.message),
				);
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
		[[], /^ebbpool: expected a command: bench\n/u],
		[["bnech"], /^ebbpool: unknown command bnech; the only command is bench\n/u],
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
