import { isMainThread } from "node:worker_threads";
import { reportOnSignals } from "./signals.ts";
import { SPOOL_VARIABLE, Spool } from "./spool.ts";
import { ThreadProbe } from "./thread-probe.ts";

/** Tools that start the program and are not the program. */
const LAUNCHER = /[\\/](?:npm|npx|pnpm|yarn|corepack)(?:-cli)?(?:\.c?js)?$/u;

const folder = process.env[SPOOL_VARIABLE];
if (folder !== undefined && folder !== "" && !LAUNCHER.test(process.argv[1] ?? "")) {
	const spool = new Spool(folder);
	const probe = new ThreadProbe(spool);
	if (isMainThread) reportOnSignals(spool, () => probe.end());
}
