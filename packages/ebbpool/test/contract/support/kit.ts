/** What a runtime lends to the contract tests. */
export interface Kit {
	/** Forces one full collection; resolves once the event loop has turned, so that finalization callbacks have run. */
	readonly majorGC?: (() => Promise<void>) | undefined;
	/** `true` where the engine ends the thread instead of throwing when there is no memory for an allocation. */
	readonly diesOfFailedAllocation?: boolean | undefined;
}

/** One sentence about behaviour, and the code that throws unless it is true. */
export interface Case {
	readonly name: string;
	/**
	 * `"gc"`: can only be judged where the kit can force a collection; `"failing allocation"`: asks for more memory than
	 * there is.
	 */
	readonly needs?: "gc" | "failing allocation";
	run(kit: Kit): void | Promise<void>;
}

export interface Suite {
	readonly name: string;
	readonly cases: readonly Case[];
}
