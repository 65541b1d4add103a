// Mutation testing: puts one small fault at a time into the compiled library, and sees whether a test fails.
//
//     npm run mutate                                   400 mutants of all parts, drawn by seed 1
//     npm run mutate -- --sample 100 --seed 7 pool gc  of these parts only
//     npm run mutate -- --all shared/core              each and every one
//
// It prints the survivors with their lines, and the score, on Ctrl-C that of the mutants judged so far; it takes an hour
// or more for 400 on two cores.
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, sep } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../scripts/lib/root.mjs";
import { formatTally } from "../../scripts/lib/tally.mjs";
import { EQUIVALENT } from "./mutation/equivalent.mjs";
import { Laboratory } from "./mutation/laboratory.mjs";
import { applied, mutantsOf } from "./mutation/mutants-of.mjs";
import { stratifiedSample } from "./mutation/sample.mjs";

/** The parts that are tested so, and which compiled tests judge each, the quickest first. @type {Readonly<Record<string, readonly string[]>>} */
const JUDGES = {
	pool: ["pool/", "gc/", "stress/", "base/", "checks/"],
	gc: ["gc/", "pool/"],
	bytes: ["bytes/"],
	resource: ["resource/", "base/"],
	"shared/core": ["shared/"],
};

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		sample: { type: "string", default: "400" },
		seed: { type: "string", default: "1" },
		all: { type: "boolean", default: false },
		jobs: { type: "string", default: String(Math.max(1, availableParallelism())) },
	},
});
const parts = positionals.length > 0 ? positionals : Object.keys(JUDGES);
const unknown = parts.filter((part) => !(part in JUDGES));
if (unknown.length > 0)
	throw new Error(`expected parts of ${Object.keys(JUDGES).join(", ")}, got ${unknown.join(", ")}`);

/** How many mutants were found and not found; `skipped` are those named as equivalent. */
const tally = { passed: 0, failed: 0, skipped: 0 };
const started = performance.now();

/** Also of a run that was stopped: a score of what was judged. */
function tell() {
	const judged = tally.passed + tally.failed;
	const minutes = Math.round((performance.now() - started) / 60_000);
	console.log(
		`score ${((100 * tally.passed) / judged).toFixed(1)} % of ${judged} that can be found, ${minutes} min`,
	);
	console.log(formatTally(tally));
}

const laboratories = Array.from({ length: Number(values.jobs) }, () => new Laboratory());
process.once("exit", () => {
	for (const laboratory of laboratories) laboratory.close();
});
process.once("SIGINT", () => {
	tell();
	process.exit(130);
});

const compiledTests = join(root, "packages", "ebbpool", ".test");
const allTests = readdirSync(compiledTests, { recursive: true })
	.map(String)
	.filter((file) => file.endsWith(".test.js"))
	.map((file) => file.split(sep).join("/"))
	.sort();

/** Which test found a change in each module last: it is asked first the next time. @type {Map<string, string>} */
const lastKillers = new Map();

/** @param {string} part */
function testsOf(part) {
	const found = (JUDGES[part] ?? []).flatMap((folder) => allTests.filter((test) => test.startsWith(folder)));
	const isContract = (/** @type {string} */ test) => test.endsWith("/contract.test.js");
	return [...found.filter(isContract), ...found.filter((test) => !isContract(test))];
}

const dist = join(root, "packages", "ebbpool", "dist");
const first = /** @type {Laboratory} */ (laboratories[0]);
const mutants = parts.flatMap((part) =>
	readdirSync(join(dist, part), { recursive: true })
		.map((file) => `${part}/${String(file).split(sep).join("/")}`)
		.filter((module) => module.endsWith(".js") && !module.endsWith("/index.js"))
		.flatMap((module) => {
			const text = first.read(module);
			return mutantsOf(module, text).map((edit) => ({ part, module, text, edit }));
		}),
);
const size = values.all ? mutants.length : Number(values.sample);
const drawn = stratifiedSample(mutants, size, ({ module }) => module, Number(values.seed));
console.log(`${drawn.length} of ${mutants.length} mutants of ${parts.join(", ")}, seed ${values.seed}`);

for (const test of new Set(parts.flatMap(testsOf))) {
	if (!(await first.passes(test))) throw new Error(`${test} fails without any mutant`);
}

/** @param {(typeof drawn)[number]} mutant */
function describe({ module, text, edit }) {
	const before = text.slice(0, edit.start);
	const number = before.split("\n").length;
	const line = String(text.split("\n")[number - 1]).trim();
	return { module, number, line, kind: edit.kind };
}

const waiting = [...drawn];
await Promise.all(
	laboratories.map(async (laboratory) => {
		for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
			const told = describe(mutant);
			const equivalent = EQUIVALENT.find(
				({ module, line, kind }) => module === told.module && line === told.line && kind === told.kind,
			);
			if (equivalent !== undefined) {
				tally.skipped++;
				continue;
			}
			const last = lastKillers.get(mutant.module);
			const tests = testsOf(mutant.part);
			const killer = await laboratory.killer(
				mutant.module,
				applied(mutant.text, mutant.edit),
				last === undefined ? tests : [last, ...tests.filter((test) => test !== last)],
			);
			if (killer === undefined) {
				tally.failed++;
				console.log(`survived  ${told.module}:${told.number}: ${told.kind}: ${told.line}`);
			} else {
				lastKillers.set(mutant.module, killer);
				tally.passed++;
			}
		}
	}),
);
tell();
