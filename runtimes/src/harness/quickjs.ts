// What QuickJS runs; its host asks for a job by a global, and is told of the end by a call.
import { type JobName, jobs } from "./jobs.ts";

declare global {
	var job: JobName;
	var finish: (report: string) => void;
}

jobs[globalThis.job]({}).then(
	(result) => globalThis.finish(JSON.stringify({ result })),
	(error) => globalThis.finish(JSON.stringify({ error: String(error) })),
);
