import type { Age, Frame } from "./thread-report.ts";

/** A site as it is being counted. */
export interface CountedSite {
	readonly what: string;
	readonly frames: readonly Frame[];
	samples: number;
	count: number;
	bytes: number;
	slabBytes: number;
	inHeapBytes: number;
	inHeapCount: number;
	smallest: number;
	largest: number;
	readonly sizes: number[];
	readonly times: number[];
	watched: number;
	views: number;
	readonly ages: Record<Age, { dead: number; alive: number }>;
	lastFollowed: number;
}
