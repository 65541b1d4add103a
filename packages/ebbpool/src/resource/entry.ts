import type { Deadline } from "../base/deadlines.ts";
import type { HookRun } from "./hooks/hook-run.ts";
import type { CloseReason } from "./types.ts";

/**
 * Where a resource is:
 *
 *     opening → inUse ⇄ resetting → idle → checking → inUse
 *
 * and from each of these to closing, and then closed.
 */
export type EntryState = PlaceState | "closed";

/** What takes up a place of the pool; the names are those of its statistics. */
export type PlaceState = "opening" | "idle" | "checking" | "inUse" | "resetting" | "closing";

/** One place of the pool, from the start of its resource's creation to the end of its destruction. */
export class Entry<T> implements Deadline {
	state: EntryState = "opening";
	item: T | undefined = undefined;
	uses = 0;
	/** The lease, while it is in use. */
	lease: object | undefined = undefined;
	/** The deadline that reports the lease, while it is watched. */
	leak: Deadline | undefined = undefined;
	/** Why it is to be closed as soon as nobody uses it. */
	closeReason: CloseReason | undefined = undefined;
	/** The hook that works on it. */
	hook: HookRun<unknown> | undefined = undefined;
	/** The age of the shelf when it became idle, in sweeps and in collections. */
	sweep = 0;
	collection = 0;
	readonly #expired: (entry: Entry<T>) => void;

	constructor(expired: (entry: Entry<T>) => void) {
		this.#expired = expired;
	}

	fire(): void {
		this.#expired(this);
	}
}
