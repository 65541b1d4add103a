import type { ViolationGroup } from "../report/model.ts";
import type { ToldViolation } from "./spool.ts";

/** The place that a violation is known by: where the fault is, or what is known to be nearest. */
function placeOf({ stacks }: ToldViolation): string {
	return stacks.at(-1)?.frames[0] ?? "";
}

/** Puts violations of one kind, one pool and one place together, the most frequent first. */
export function group(violations: readonly ToldViolation[]): ViolationGroup[] {
	const groups = new Map<string, ViolationGroup>();
	for (const violation of violations) {
		const key = JSON.stringify([violation.kind, violation.pool, placeOf(violation)]);
		const before = groups.get(key);
		groups.set(key, { ...(before ?? violation), count: (before?.count ?? 0) + 1 });
	}
	return [...groups.values()].sort((a, b) => b.count - a.count);
}
