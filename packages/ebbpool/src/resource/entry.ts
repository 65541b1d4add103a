import type { Alarm } from "./alarms.ts";
import type { HookRun } from "./hook-run.ts";
import { Linked } from "./linked-list.ts";
import type { CloseReason } from "./types.ts";

/**
 * Where a resource is:
 *
 *     opening → leased ⇄ resetting → idle → checking → leased
 *
 * and from each of these to closing, and then closed.
 */
export type EntryState = "opening" | "idle" | "checking" | "leased" | "resetting" | "closing" | "closed";

/** One place of the pool, from the start of its resource's creation to the end of its destruction. */
export class Entry<T> extends Linked<Entry<T>> implements Alarm {
	/** Of the alarm that ends its lifetime. */
	slot = -1;
	state: EntryState = "opening";
	item: T | undefined = undefined;
	uses = 0;
	/** The lease, while it is leased. */
	lease: object | undefined = undefined;
	/** Why it is to be closed as soon as nobody uses it. */
	doomed: CloseReason | undefined = undefined;
	/** The hook that works on it. */
	hook: HookRun<unknown> | undefined = undefined;
	/** The age of the shelf when it became idle, in sweeps and in collections. */
	sweep = 0;
	collection = 0;
	readonly #expired: (entry: Entry<T>) => void;

	constructor(expired: (entry: Entry<T>) => void) {
		super();
		this.#expired = expired;
	}

	ring(): void {
		this.#expired(this);
	}
}
