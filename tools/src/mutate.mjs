// Mutation testing: puts one small fault at a time into the compiled library, and sees whether a test fails.
//
//     npm run mutate                                   400 mutants of all parts, drawn by seed 1
//     npm run mutate -- --sample 100 --seed 7 pool gc  of these parts only
//     npm run mutate -- --all shared/core              each and every one
//     npm run mutate -- --at pool/lease.js:12          all of this line, or of each module whose path begins so
//
// It runs each test file once to see what it reaches, then asks for each mutant only the tests that reach it. It prints
// the survivors with their lines, and the score, on Ctrl-C that of the mutants judged so far.
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, sep } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../scripts/lib/root.mjs";
import { formatTally } from "../../scripts/lib/tally.mjs";
import { EQUIVALENT } from "./mutation/equivalent.mjs";
import { Judges, PARTS } from "./mutation/judges.mjs";
import { Laboratory } from "./mutation/laboratory.mjs";
import { applied, mutantsOf } from "./mutation/mutants-of.mjs";
import { stratifiedSample } from "./mutation/sample.mjs";

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		sample: { type: "string", default: "400" },
		seed: { type: "string", default: "1" },
		all: { type: "boolean", default: false },
		at: { type: "string", multiple: true, default: [] },
		jobs: { type: "string", default: String(Math.max(1, availableParallelism())) },
	},
});
const unknown = positionals.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`expected parts of ${PARTS.join(", ")}, got ${unknown.join(", ")}`);
const named = values.at.map((place) => {
	const [module = "", line] = place.split(":");
	return { module, line: line === undefined ? undefined : Number(line) };
});
const parts =
	positionals.length > 0
		? positionals
		: PARTS.filter((part) => named.length === 0 || named.some(({ module }) => module.startsWith(`${part}/`)));

/** How many mutants were found and not found; `skipped` are those named as equivalent. */
const tally = { passed: 0, failed: 0, skipped: 0 };
/** How many of those found made a test run for ever, and how many of the others no test reaches. */
const among = { stuck: 0, unreached: 0 };
const started = performance.now();

/** Also of a run that was stopped: a score of what was judged. */
function tell() {
	const judged = tally.passed + tally.failed;
	const minutes = Math.round((performance.now() - started) / 60_000);
	console.log(`${among.stuck} of those found by a test that did not end, ${among.unreached} not reached`);
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

const dist = join(root, "packages", "ebbpool", "dist");
const mutants = parts.flatMap((part) =>
	readdirSync(join(dist, part), { recursive: true })
		.map((file) => `${part}/${String(file).split(sep).join("/")}`)
		.filter((module) => module.endsWith(".js") && !module.endsWith("/index.js"))
		.flatMap((module) => {
			const text = readFileSync(join(dist, module), "utf8");
			return mutantsOf(module, text).map((edit) => {
				const number = text.slice(0, edit.start).split("\n").length;
				const line = String(text.split("\n")[number - 1]).trim();
				return { part, module, text, edit, number, line };
			});
		}),
);

function chosen() {
	if (values.all) return mutants;
	if (named.length === 0) {
		return stratifiedSample(mutants, Number(values.sample), ({ module }) => module, Number(values.seed));
	}
	return mutants.filter((mutant) =>
		named.some(
			({ module, line }) =>
				mutant.module.startsWith(module) && (line === undefined || line === mutant.number),
		),
	);
}

const waiting = chosen();
console.log(`${waiting.length} of ${mutants.length} mutants of ${parts.join(", ")}, seed ${values.seed}`);
const judges = new Judges();
await judges.record(/** @type {Laboratory} */ (laboratories[0]), parts);

/**
 * @param {Laboratory} laboratory
 * @param {(typeof mutants)[number]} mutant
 */
async function judge(laboratory, { part, module, text, edit, number, line }) {
	if (EQUIVALENT.some((each) => each.module === module && each.line === line && each.kind === edit.kind)) {
		tally.skipped++;
		return;
	}
	const asked = judges.of(part, module, edit.start);
	const killer = await laboratory.killer(module, applied(text, edit), asked);
	if (killer === undefined) {
		tally.failed++;
		if (asked.length === 0) among.unreached++;
		const how = asked.length === 0 ? "not reached" : "survived";
		console.log(`${how}  ${module}:${number}: ${edit.kind}: ${line}`);
	} else {
		tally.passed++;
		if (killer.verdict === "stuck") among.stuck++;
		judges.found(killer.test);
	}
}

await Promise.all(
	laboratories.map(async (laboratory) => {
		for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
			await judge(laboratory, mutant);
		}
	}),
);
tell();
