// Runs first in every process and thread of a program that `ebbpool check` runs.
import { threadId } from "node:worker_threads";
import { enableChecks, type PoolViolation, reportLeaks } from "ebbpool/checks";
import { collector } from "../measure/collector.ts";
import { poolFigures } from "./pool-figures.ts";
import { announce, SPOOL_VARIABLE, tell } from "./spool.ts";

const folder = process.env[SPOOL_VARIABLE];
if (folder !== undefined) {
	const name = `${process.pid}-${threadId}.jsonl`;
	announce(folder, name);
	enableChecks({
		onViolation({ kind, pool, message, traces }: PoolViolation) {
			const stacks = traces.map(({ what, stack }) => ({
				title: what,
				frames: stack.split("\n").map((frame) => frame.trim()),
			}));
			const violation = { kind, pool, message: String(message.split("\n")[0]), stacks };
			tell(folder, name, { violation });
		},
	});
	const collect = collector();
	process.on("exit", () => {
		// A short program may end before anything was collected.
		collect();
		reportLeaks();
		tell(folder, name, { pools: poolFigures() });
	});
}
