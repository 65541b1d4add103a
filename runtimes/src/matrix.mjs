// Runs the contract tests and the clock scenario on every runtime, with the packed tarball installed, in the main thread
// and in a worker. `npm run matrix -- node bun` runs those whose name has one of the words. What is missing is skipped;
// in CI it counts as a failure.
import { PackedProject } from "../../scripts/lib/packed.mjs";
import { Report } from "../../scripts/lib/report.mjs";
import { bundle } from "./bundle.mjs";
import { clockProblem, clockRow, clockTable } from "./clock-verdict.mjs";
import { allRuntimes, singleThreaded } from "./runtimes.mjs";
import { serve } from "./web-server.mjs";

const REALMS = /** @type {const} */ (["main", "worker"]);

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const report = new Report();
const project = new PackedProject(["ebbpool"]);
const harness = await bundle(project.directory);
const server = await serve(harness.web);
/** @type {import("./clock-verdict.mjs").ClockRow[]} */
const rows = [];

try {
	for (const runtime of chosen(allRuntimes({ script: harness.process, url: server.url }))) {
		for (const realm of REALMS) {
			await runContract(runtime, realm);
			await runClock(runtime, realm);
		}
	}
	for (const runtime of chosen(singleThreaded(harness))) await runContract(runtime, "main");
} finally {
	server.close();
}
console.log(`\n${clockTable(rows)}\n`);
report.close();

/** @param {readonly import("./runtimes.mjs").Runtime[]} runtimes */
function chosen(runtimes) {
	return runtimes.filter((runtime) => {
		const name = runtime.name.toLowerCase();
		if (words.length > 0 && !words.some((word) => name.includes(word))) return false;
		const missing = runtime.missing();
		if (missing === undefined) return true;
		if (process.env.CI) report.fail(runtime.name, missing);
		else report.skip(runtime.name, missing);
		return false;
	});
}

/**
 * @param {import("./runtimes.mjs").Runtime} runtime
 * @param {import("./runtimes.mjs").Realm} realm
 */
async function runContract(runtime, realm) {
	try {
		const { result } = await runtime.run("contract", realm, false);
		for (const { name, result: how, why } of /** @type {import("./harness/jobs.ts").Outcome[]} */ (result)) {
			const what = `${runtime.name} ${realm}: ${name}`;
			if (how === "passed") report.pass(what);
			else if (how === "failed") report.fail(what, String(why));
			else report.skip(what, String(why));
		}
	} catch (error) {
		report.fail(`${runtime.name} ${realm}: contract`, String(error));
	}
}

/**
 * @param {import("./runtimes.mjs").Runtime} runtime
 * @param {import("./runtimes.mjs").Realm} realm
 */
async function runClock(runtime, realm) {
	const what = `${runtime.name} ${realm}`;
	try {
		const { result, collections } = await runtime.run("clock", realm, true);
		if (collections === undefined) throw new Error("nothing tells how many collections there were");
		const row = clockRow(what, result, collections);
		rows.push(row);
		report.check(
			`${what}: the clock ticks once per major collection; the pool keeps its items`,
			clockProblem(row),
		);
	} catch (error) {
		report.fail(`${what}: clock`, String(error));
	}
}
