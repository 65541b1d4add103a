// Runs first in every process and thread of a program that `ebbpool check` runs.
import { threadId } from "node:worker_threads";
import { enableChecks, type PoolViolation } from "ebbpool/checks";
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
			tell(folder, name, { kind, pool, message: String(message.split("\n")[0]), stacks });
		},
	});
}
