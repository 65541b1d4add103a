// What a browser's worker loads: it runs the job it is sent and answers with the result. Where it has no `gc()`, the page
// is asked to collect.
import { jobs } from "./jobs.ts";
import { kitOf } from "./kit.ts";
import type { FromWorker, ToWorker } from "./page.ts";

const say = (message: FromWorker) => self.postMessage(message);

let collectionRequested: (() => void) | undefined;

const askPage = () =>
	new Promise<void>((resolve) => {
		collectionRequested = resolve;
		say({ wants: "collection" });
	});

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
	if ("job" in data) say({ result: await jobs[data.job](kitOf(globalThis.gc ?? askPage)) });
	else collectionRequested?.();
};
