// What QuickJS runs; its host asks for a job by a global, and is told of the end by a call.
import { ReadableStream, TransformStream, WritableStream } from "web-streams-polyfill";
import { notOnQuickJS } from "./inapplicable.ts";
import { type JobName, jobs } from "./jobs.ts";
import { namesWhatIsMissing } from "./lacking.ts";
import { lentAbort } from "./lent/abort.ts";
import { lentText } from "./lent/text.ts";

declare global {
	var job: JobName;
	var finish: (report: string) => void;
}

async function run(): Promise<unknown> {
	if (globalThis.job === "clock") return jobs.clock({});
	const first = await namesWhatIsMissing();
	// From here on there is what a program would load as polyfills, after the library: that must have foreseen it.
	const lentStreams = { ReadableStream, TransformStream, WritableStream };
	Object.assign(globalThis, lentText, lentAbort, lentStreams, { performance: Date });
	Object.assign(Symbol, {
		dispose: Symbol.for("Symbol.dispose"),
		asyncDispose: Symbol.for("Symbol.asyncDispose"),
	});
	return [...first, ...(await jobs.contract({}, notOnQuickJS))];
}

run().then(
	(result) => globalThis.finish(JSON.stringify({ result })),
	(error) => globalThis.finish(JSON.stringify({ error: String(error) })),
);
