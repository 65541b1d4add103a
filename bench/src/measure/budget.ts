/** How much a process spends on one variant. */
export interface Budget {
	/** Short calls before measuring, each followed by a pause. */
	readonly warmUps: number;
	/** Timed repetitions. */
	readonly repetitions: number;
	/** Length of one repetition. */
	readonly milliseconds: number;
}

export const FULL_BUDGET: Budget = { warmUps: 300, repetitions: 20, milliseconds: 10 };
