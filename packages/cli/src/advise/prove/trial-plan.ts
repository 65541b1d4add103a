/** Names the file with the trial to every process of the program. */
export const TRIAL_VARIABLE = "EBBPOOL_ADVISE_TRIAL";

/** What a run of the program is to do otherwise. */
export interface Trial {
	/** New texts of source files, by path. */
	readonly files: Readonly<Record<string, string>>;
	/** Where each thread leaves a `ThreadTrial`. */
	readonly spool: string;
	readonly checks: boolean;
}

/** What one thread of a trial says at its end. */
export interface ThreadTrial {
	/** Of its process; of the main thread only. */
	readonly cpuMs: number;
	readonly violations: readonly string[];
	/** Whether the checks were there. */
	readonly checked: boolean;
}
