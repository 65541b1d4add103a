// Runs the compiled tests with node's own runner: `npm test`, `npm test -- pool gc` for the files whose path holds one
// of these words; `npm run test:proofs` for the exhaustive explorations, seeded faults and smoke tests of the benches;
// `npm run test:long` for all of them, with property tests of many more runs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./lib/root.mjs";
import { formatTally } from "./lib/tally.mjs";
import { testFiles } from "./lib/test-files.mjs";

const OPTIONS = ["--long", "--proofs"];
const words = process.argv.slice(2).filter((argument) => !OPTIONS.includes(argument));
const long = process.argv.includes("--long");
const proofs = process.argv.includes("--proofs");
const files = [
	...(proofs ? [] : testFiles(root, "test")),
	...(long || proofs ? testFiles(root, "proof") : []),
]
	.map((file) => relative(root, file))
	.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (files.length === 0) {
	console.error(
		words.length === 0 ? "there are no tests" : `no test file has ${words.join(" or ")} in its path`,
	);
	process.exit(1);
}

const scratch = mkdtempSync(join(tmpdir(), "ebbpool-test-"));
const counted = join(scratch, "counts.json");
const reporter = fileURLToPath(new URL("lib/test-counts-reporter.mjs", import.meta.url));
const { status } = spawnSync(
	process.execPath,
	[
		"--expose-gc",
		"--enable-source-maps",
		"--test",
		// node's own choice is one less, which on two cores is one file at a time.
		`--test-concurrency=${availableParallelism()}`,
		"--test-reporter=spec",
		"--test-reporter-destination=stdout",
		`--test-reporter=${reporter}`,
		`--test-reporter-destination=${counted}`,
		...files,
	],
	{ cwd: root, stdio: "inherit", env: long ? { ...process.env, EBBPOOL_LONG: "1" } : process.env },
);
const {
	pass = 0,
	fail = 0,
	cancelled = 0,
	skipped = 0,
	todo = 0,
} = JSON.parse(readFileSync(counted, "utf8"));
rmSync(scratch, { recursive: true });

const failed = status !== 0 && fail + cancelled === 0 ? 1 : fail + cancelled;
console.log(formatTally({ passed: pass, failed, skipped: skipped + todo }));
process.exitCode = failed > 0 || pass === 0 ? 1 : 0;
