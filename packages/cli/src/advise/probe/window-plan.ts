import type { HeapWindowKind } from "./thread-report.ts";

export interface Step {
	readonly kind: HeapWindowKind;
	readonly ms: number;
	/** It lasts longer while the collections that end windows have taken too much of the time. */
	readonly canWait?: true;
}

/**
 * Each window costs a collection at its end, after which V8 does not collect as it would have: so the program is left alone at
 * first, the windows that look come early, for programs that do not run for long, and the others are rare. V8 keeps every sample until a window ends, so that none is
 * without an end.
 */
const STEPS: readonly Step[] = [
	{ kind: "all", ms: 3000 },
	{ kind: "survivors", ms: 500 },
	{ kind: "live", ms: 500 },
	{ kind: "all", ms: 10_000, canWait: true },
	{ kind: "survivors", ms: 1000 },
	{ kind: "live", ms: 1000 },
];
const REST: Step = { kind: "all", ms: 60_000, canWait: true };

/** The windows, one after another, for as long as the program runs. */
export function* windows(): Generator<Step, never> {
	yield* STEPS;
	for (;;) yield REST;
}
