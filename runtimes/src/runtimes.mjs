import { fileURLToPath } from "node:url";
import { BrowserRuntime, chromium, firefox } from "./browser-runtime.mjs";
import { jscLogGC, v8TraceGC } from "./judges.mjs";
import { ProcessRuntime } from "./process-runtime.mjs";

/**
 * @typedef {import("./harness/jobs.ts").JobName} Job
 * @typedef {"main" | "worker"} Realm
 * @typedef {import("./judges.mjs").Collections} Collections
 *
 * @typedef {{
 *   readonly name: string,
 *   missing(): string | undefined,
 *   run(job: Job, realm: Realm, judged: boolean): Promise<{ result: any, collections: Collections | undefined }>,
 * }} Runtime `missing` says why it cannot run here; `collections` are those of a judged run, by the runtime's own account
 */

const installed = (/** @type {string} */ path) =>
	fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

const host = (/** @type {string} */ file) => fileURLToPath(new URL(file, import.meta.url));

/**
 * The runtimes that have threads and a collector that tells of its work.
 *
 * @param {{ script: string, url: string }} harness the program for processes and the page for browsers
 * @returns {Runtime[]}
 */
export function allRuntimes({ script, url }) {
	const nodes = [20, 22, 24, 26].map((version) => {
		const program = installed(`node${version}/bin/node`);
		return new ProcessRuntime(`Node ${version}`, { program, args: ["--expose-gc"] }, script);
	});
	const bun = {
		program: installed(".bin/bun"),
		args: ["run"],
		log: { env: { BUN_JSC_logGC: "1" }, read: jscLogGC },
	};
	const deno = {
		program: installed(".bin/deno"),
		args: ["run", "--allow-all", "--v8-flags=--expose-gc"],
		log: { env: { DENO_V8_FLAGS: "--trace-gc" }, read: v8TraceGC },
	};
	return [
		...nodes,
		new ProcessRuntime("Bun", bun, script),
		new ProcessRuntime("Deno", deno, script),
		new BrowserRuntime("Chromium", chromium, url),
		new BrowserRuntime("Firefox", firefox, url),
	];
}

/**
 * The runtimes that have one thread only, and share no memory: the contract tests alone run there.
 *
 * @param {{ workerd: string, quickjs: string }} harness the bundled programs
 * @returns {Runtime[]}
 */
export function singleThreaded({ workerd, quickjs }) {
	const program = process.execPath;
	const how = { program, args: [host("workerd-host.mjs")] };
	return [
		new ProcessRuntime("workerd", { ...how, env: { WORKERD_FLAGS: "no_nodejs_compat" } }, workerd),
		new ProcessRuntime(
			"workerd with nodejs_compat",
			{ ...how, env: { WORKERD_FLAGS: "nodejs_compat" } },
			workerd,
		),
		new ProcessRuntime("QuickJS", { program, args: [host("quickjs-host.mjs")] }, quickjs),
	];
}
