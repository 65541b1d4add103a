// What QuickJS runs; its host asks for a job by a global, and is told of the end by a call.
import { notOnQuickJS } from "./inapplicable.ts";
import { type JobName, jobs } from "./jobs.ts";

declare global {
	var job: JobName;
	var finish: (report: string) => void;
}

// The tests end pools by `Symbol.dispose`. It is filled in after the library was loaded, which must have foreseen that.
Object.assign(Symbol, {
	dispose: Symbol.for("Symbol.dispose"),
	asyncDispose: Symbol.for("Symbol.asyncDispose"),
});

jobs[globalThis.job]({}, notOnQuickJS).then(
	(result) => globalThis.finish(JSON.stringify({ result })),
	(error) => globalThis.finish(JSON.stringify({ error: String(error) })),
);
