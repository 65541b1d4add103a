import type { Tuning } from "@ebbpool/cli/report";

/** Something that measures a variant when its command is run with a scenario, a variant and a budget. */
export interface Runtime {
	readonly title: string;
	readonly command: readonly [executable: string, ...args: string[]];
	/** What tunes its allocator and its collector; undefined: nothing does. */
	readonly tuning?: Tuning;
	/** Whether it is this runtime that measures the variant. */
	measures(variant: string): boolean;
}
