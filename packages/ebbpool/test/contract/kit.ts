/** What a runtime lends to the contract tests. */
export interface Kit {
	/** Forces one full collection; resolves once the event loop has turned, so that finalization callbacks have run. */
	readonly majorGC?: (() => Promise<void>) | undefined;
}

/** One sentence about behaviour, and the code that throws unless it is true. */
export interface Case {
	readonly name: string;
	/** `"gc"`: can only be judged where the kit can force a collection. */
	readonly needs?: "gc";
	run(kit: Kit): void | Promise<void>;
}

export interface Suite {
	readonly name: string;
	readonly cases: readonly Case[];
}
