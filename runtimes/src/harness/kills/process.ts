// What Node, Bun and Deno run, as `process.js kills main REPORT_FILE`, and what their workers run.
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { killScenario } from "./scenario.ts";
import { ownRealm, startWorker } from "./threads-node.ts";
import { runVictim } from "./victim.ts";

if (isMainThread) {
	const { KILLS, SEED } = process.env;
	const start = startWorker(new URL(import.meta.url));
	const result = await killScenario(start, Number(KILLS), Number(SEED));
	writeFileSync(process.argv[4] as string, JSON.stringify({ result }));
	process.exit();
} else {
	runVictim(ownRealm);
}
