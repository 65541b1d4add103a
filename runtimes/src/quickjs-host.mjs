// `node quickjs-host.mjs PROGRAM JOB REALM REPORT_FILE`: runs the bundled harness in QuickJS, an engine that counts references
// and comes with nothing but the language. Timers are lent to it, as every host of QuickJS has some; the rest it goes without.
import { readFileSync, writeFileSync } from "node:fs";
import { getQuickJS } from "quickjs-emscripten";

const [program, job, , reportFile] = /** @type {[string, string, string, string]} */ (process.argv.slice(2));
const context = (await getQuickJS()).newContext();
const { runtime } = context;

/** @typedef {import("quickjs-emscripten").QuickJSHandle} Handle */

// Printed as a whole, an error of QuickJS's shows all that there is in its module.
process.on("uncaughtException", (error) => {
	console.error(error.stack);
	process.exit(1);
});

/** @type {Map<number, NodeJS.Timeout>} */
const timers = new Map();

lend("setTimeout", (callback, ms) => {
	const kept = callback.dup();
	const timer = setTimeout(() => {
		timers.delete(id);
		context.unwrapResult(context.callFunction(kept, context.undefined)).dispose();
		kept.dispose();
		runJobs();
	}, ms && context.getNumber(ms));
	const id = Number(timer);
	timers.set(id, timer);
	return context.newNumber(id);
});
lend("clearTimeout", (id) => {
	if (id === undefined) return;
	clearTimeout(timers.get(context.getNumber(id)));
	timers.delete(context.getNumber(id));
});
lend("finish", (report) => {
	writeFileSync(reportFile, context.getString(report));
	process.exit();
});

context.unwrapResult(context.evalCode(`globalThis.job = ${JSON.stringify(job)};`)).dispose();
context.unwrapResult(context.evalCode(readFileSync(program, "utf8"), program)).dispose();
runJobs();

/**
 * @param {string} name
 * @param {(...given: Handle[]) => Handle | undefined} work
 */
function lend(name, work) {
	const handle = context.newFunction(name, (...given) => work(...given));
	context.setProp(context.global, name, handle);
	handle.dispose();
}

function runJobs() {
	context.unwrapResult(runtime.executePendingJobs());
}
