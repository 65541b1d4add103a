import { readFileSync, writeFileSync } from "node:fs";
import * as module from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isMainThread, threadId } from "node:worker_threads";
import { TRIAL_VARIABLE, type Trial } from "./trial-plan.ts";

/** Runs first in every process and thread of a trial: puts the edited sources in place and measures CPU time. */
const trial = JSON.parse(readFileSync(process.env[TRIAL_VARIABLE] as string, "utf8")) as Trial;
const violations: string[] = [];
let checked = false;

if (trial.checks) {
	// A part of Ebbpool that an older version does not have.
	const name = "ebbpool/checks";
	const checks = (await import(name).catch(() => undefined)) as
		| { enableChecks(options: { onViolation(violation: Error & { kind: string }): void }): void }
		| undefined;
	checked = checks !== undefined;
	checks?.enableChecks({ onViolation: ({ kind, message }) => violations.push(`${kind}: ${message}`) });
}

const edited = new Map(Object.entries(trial.files));
const byUrl = new Map([...edited].map(([path, text]) => [pathToFileURL(path).href, text]));
if (edited.size > 0) replaceSources();

process.once("exit", () => {
	const { user, system } = process.cpuUsage();
	const result = { cpuMs: isMainThread ? (user + system) / 1000 : 0, violations, checked };
	writeFileSync(join(trial.spool, `${process.pid}-${threadId}.json`), JSON.stringify(result));
});

interface LoadResult {
	readonly format?: string;
	readonly source?: unknown;
}
type Load = (url: string, context: object, next: (url: string, context: object) => LoadResult) => LoadResult;

function replaceSources(): void {
	const { registerHooks } = module as unknown as { registerHooks?: (hooks: { load: Load }) => void };
	if (registerHooks !== undefined) {
		registerHooks({
			load(url, context, next) {
				const text = byUrl.get(url);
				const loaded = next(url, context);
				return text === undefined ? loaded : { ...loaded, source: text };
			},
		});
		return;
	}
	module.register("./load-hook.js", import.meta.url, { data: [...byUrl] });
	const prototype = module.Module.prototype as unknown as { _compile(text: string, file: string): unknown };
	const compile = prototype._compile;
	prototype._compile = function (text, file) {
		const path = file.startsWith("file:") ? fileURLToPath(file) : file;
		return compile.call(this, edited.get(path) ?? text, file);
	};
}
