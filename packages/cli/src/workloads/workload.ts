import type { Way } from "../report/model.ts";
import type { Session } from "./session.ts";

/**
 * Where the items of a workload come from. "tuned" is "fresh" in a process with other settings, so that the workload sees
 * no difference.
 */
export type Source = Exclude<Way, "tuned">;

export interface OpenOptions {
	/** Operations under way at a time; undefined: as many as the workload has by itself. */
	readonly concurrency?: number | undefined;
}

/** A workload that can be run in each way. */
export interface Workload {
	readonly name: string;
	/** What one operation does, in a few words. */
	readonly summary: string;
	/** How long it runs before anything is measured: until V8 has compiled all that it is going to. */
	readonly warmUpMs: number;
	/** From where it can have its items; "byHand" is not there where that is not possible. */
	readonly sources: readonly Source[];
	open(source: Source, options?: OpenOptions): Promise<Session>;
}
