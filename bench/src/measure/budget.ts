/** How much a process spends on one variant. */
export interface Budget {
	/** Bursts of calls before measuring; after each, the process idles so that background compilation can finish. */
	readonly warmUps: number;
	/** Timed repetitions. */
	readonly repetitions: number;
	/** Length of one repetition. */
	readonly milliseconds: number;
}

export const FULL_BUDGET: Budget = { warmUps: 12, repetitions: 20, milliseconds: 10 };
