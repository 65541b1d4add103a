/** What came of an exploration. */
export interface Exploration {
	readonly states: number;
	readonly transitions: number;
	/** States of single threads in the middle of an operation: how much of the source was run. */
	readonly threadStates: number;
	/** What is left of them when those are one that nobody can tell apart. */
	readonly phases: number;
	/** Whether every reachable state was visited. */
	readonly complete: boolean;
	/** The first one. */
	readonly violation: string | undefined;
	/** What happened up to that. */
	readonly trace: readonly string[];
	/** If exhaustive: all violations. */
	readonly violations: ReadonlySet<string>;
	/** If exhaustive: all states in which no operation is under way, as what users and shared memory hold. */
	readonly atRest: ReadonlySet<string>;
}
