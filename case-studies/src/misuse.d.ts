import type { FileEdit } from "./study.d.ts";

/** A package that pools by hand: its pool is replaced by one of Ebbpool's, and what uses it is run with the checks on. */
export interface Misuse {
	readonly name: string;
	readonly version: string;
	/** What its tests or our program need besides. */
	readonly alongside?: readonly string[] | undefined;
	readonly edits: () => readonly FileEdit[];
	/** Its own tests: commands, run in the folder of the package. Without: it publishes none. */
	readonly tests?: readonly (readonly string[])[];
	/** Our program beside the study, where the package publishes no tests, or those hardly use the pool. */
	readonly program?: string;
}
