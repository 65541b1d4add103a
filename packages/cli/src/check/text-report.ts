import { happened } from "../report/happened.ts";
import type { CheckReport, ViolationGroup } from "../report/model.ts";

/** Frames told of a stack; `--json` has all. */
const FRAMES = 3;

/** What was found, in words, grouped by place. */
export function textReport({ checks, program, violations }: CheckReport): string {
	const total = violations.reduce((sum, { count }) => sum + count, 0);
	const places = `${violations.length} ${violations.length === 1 ? "place" : "places"}`;
	const head =
		total === 0
			? `ebbpool check: nothing found in ${program.watched} ${program.watched === 1 ? "thread" : "threads"} (${checks.join(", ")})`
			: `ebbpool check: ${total} ${total === 1 ? "violation" : "violations"} at ${places}`;
	return [head, ...violations.map(told)].join("\n\n");
}

function told({ kind, pool, message, count, stacks }: ViolationGroup): string {
	const lines = stacks.flatMap(({ title, frames }) => [
		`  ${title}`,
		...frames.slice(0, FRAMES).map((frame) => `    ${frame}`),
	]);
	return [
		`${count} × ${kind}, ${pool === undefined ? "a pool without a name" : `pool "${pool}"`}`,
		`  ${happened(message)}`,
		...lines,
	].join("\n");
}
