// Runs every step of CI one after the other, goes on when one fails, and sums up. The last line is
// `N passed, N failed, N skipped` over all steps. `node scripts/ci.mjs check` runs those whose command has the word.
import { spawn } from "node:child_process";
import { failuresIn } from "./lib/failures.mjs";
import { root } from "./lib/root.mjs";
import { formatTally, sumTallies, tallyOfStep } from "./lib/tally.mjs";

const STEPS = [
	"npm cit",
	"npm run test:proofs",
	"npm start",
	"npm run check:types",
	"npm run check:lint",
	"npm run check:dead-code",
	"npm run check:layers",
	"npm run check:shape",
	"npm run check:size",
	"npm run check:snippets",
	"npm run check:tools",
	"npm run check:consumers",
	"npm run consumers:types",
	"npm run check:users",
	"npm run matrix:types",
	"npm run matrix:sqlite",
	"npm run matrix:chaos",
	"npm run matrix:pages",
	"npm run matrix",
	"npm run kills",
];

/** So many lines of a step's failures are told again at the end. */
const MOST_LINES = 20;

/**
 * @param {string} command
 * @returns {Promise<{ status: number, output: string }>}
 */
function runStep(command) {
	const [program, ...args] = command.split(" ");
	return new Promise((resolve) => {
		// A process group of its own, so that whatever a failing step leaves behind can be ended with it.
		const child = spawn(String(program), args, {
			cwd: root,
			detached: true,
			stdio: ["ignore", "pipe", "pipe"],
		});
		let output = "";
		for (const [stream, mirror] of /** @type {const} */ ([
			[child.stdout, process.stdout],
			[child.stderr, process.stderr],
		])) {
			stream.setEncoding("utf8").on("data", (text) => {
				output += text;
				mirror.write(text);
			});
		}
		child.on("exit", () => endGroup(child.pid));
		child.on("close", (code) => resolve({ status: code ?? 1, output }));
	});
}

/** @param {number | undefined} leader */
function endGroup(leader) {
	if (leader === undefined) return;
	try {
		process.kill(-leader, "SIGKILL");
	} catch {
		// Nobody was left.
	}
}

const words = process.argv.slice(2);
const chosen = STEPS.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
const results = [];
for (const name of chosen) {
	console.log(`\n── ${name} ${"─".repeat(Math.max(0, 100 - name.length))}`);
	const started = performance.now();
	const { status, output } = await runStep(name);
	const seconds = (performance.now() - started) / 1000;
	const failures = status === 0 ? [] : failuresIn(output);
	results.push({ name, seconds, status, failures, tally: tallyOfStep(output, status) });
}

console.log(`\n── summary ${"─".repeat(93)}`);
for (const { name, seconds, status, tally } of results) {
	const verdict = status === 0 ? "ok    " : "FAILED";
	console.log(`${verdict}  ${name.padEnd(26)} ${seconds.toFixed(1).padStart(6)} s  ${formatTally(tally)}`);
}
for (const { name, failures } of results) {
	if (failures.length > 0) console.log(`${name}:\n${failures.slice(0, MOST_LINES).join("\n")}`);
}
const total = sumTallies(results.map(({ tally }) => tally));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
console.log(formatTally(total));
