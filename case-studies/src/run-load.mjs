/**
 * Runs one load in this process: `node run-load.mjs LOAD FOLDER [OPERATIONS]`, with the package as it is installed in FOLDER. Prints the CPU time
 * of the operations after a warm-up, and a digest of the first results.
 */
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const DIGESTED = 20;
/** A program also has other work: the event loop turns this often. */
const SLICE_MS = 10;

const [loadFile = "", folder = "", count] = process.argv.slice(2);
const load = await import(pathToFileURL(resolve(loadFile)).href);
const operations = Number(count ?? load.operations);
const require = createRequire(join(resolve(folder), "index.js"));
// An import from here would look in our folders; one by path takes what the package exports to importers.
const importFrom = async (/** @type {string} */ specifier) =>
	import(pathToFileURL(require.resolve(specifier)).href);

const opened = await load.open(require, importFrom);
const { run, close } = typeof opened === "function" ? { run: opened, close() {} } : opened;

const digest = createHash("sha256");
for (let at = 0; at < DIGESTED; at++) digest.update(await run(at));

/** @param {number} times */
async function repeat(times) {
	let sliceEnd = performance.now() + SLICE_MS;
	for (let at = 0; at < times; at++) {
		const outcome = run(at);
		if (outcome instanceof Promise) await outcome;
		if (performance.now() < sliceEnd) continue;
		await turn();
		sliceEnd = performance.now() + SLICE_MS;
	}
}

await repeat(Math.ceil(operations / 4));
const cpu = process.cpuUsage();
const start = performance.now();
await repeat(operations);
const { user, system } = process.cpuUsage(cpu);
const ms = performance.now() - start;
await close();
process.stdout.write(
	`${JSON.stringify({ operations, cpuMs: (user + system) / 1000, ms, rss: process.resourceUsage().maxRSS, digest: digest.digest("hex") })}\n`,
);
