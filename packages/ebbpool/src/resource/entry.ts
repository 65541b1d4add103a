import type { Deadline } from "../base/deadlines.ts";
import { DONE } from "./done.ts";
import type { HookRun } from "./hooks/hook-run.ts";
import { Place } from "./places.ts";
import type { CloseReason } from "./types.ts";

/** What an entry tells of itself. */
export interface EntryOwner<T> {
	/** Its lifetime is over. */
	expired(entry: Entry<T>): void;
}

/** One resource of the pool, from the start of its creation to the end of its destruction. */
export class Entry<T> implements Deadline {
	readonly place: Place = Place.opening;
	item: T | undefined = undefined;
	uses = 0;
	/** The lease, while it is in use. */
	lease: object | undefined = undefined;
	/** When its creation began, and then its lease, where somebody wants to know. */
	since: number | undefined = undefined;
	/** The deadline that reports the lease, while it is watched. */
	leak: Deadline | undefined = undefined;
	/** Why it is to be closed as soon as nobody uses it. */
	closeReason: CloseReason | undefined = undefined;
	/** The hook that works on it. */
	hook: HookRun<unknown> | undefined = undefined;
	/** Whether it was neither lent nor idle yet. */
	fresh = true;
	/** What it broke with, if that was told. */
	error: unknown = undefined;
	/** Aborts its creation. */
	controller: AbortController | undefined = undefined;
	/** The age of the shelf when it became idle, in sweeps or by the clock, and in collections. */
	age = 0;
	collection = 0;
	readonly #owner: EntryOwner<T>;
	/** Called when it is clean again or closed, while somebody waits for that. */
	#settled: (() => void) | undefined = undefined;

	constructor(owner: EntryOwner<T>) {
		this.#owner = owner;
	}

	fire(): void {
		this.#owner.expired(this);
	}

	/** Resolves when it is clean or closed, if it is being cleaned or closed. */
	whenSettled(): Promise<void> {
		if (this.place !== Place.resetting && this.place !== Place.closing) return DONE;
		return new Promise((resolve) => {
			const before = this.#settled;
			this.#settled = () => {
				before?.();
				resolve();
			};
		});
	}

	/** It is clean again, or closed. */
	settle(): void {
		const settled = this.#settled;
		this.#settled = undefined;
		settled?.();
	}
}
