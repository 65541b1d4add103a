import type { Deadline } from "../base/deadlines.ts";
import { NEVER } from "../base/rules.ts";
import type { Entry } from "./entry.ts";
import type { Keeper } from "./hooks/keeper.ts";
import type { Opener } from "./hooks/opener.ts";
import type { IdleShelf } from "./idle-shelf.ts";
import type { Parts } from "./parts.ts";
import { Place } from "./places.ts";
import { refusals } from "./refusals.ts";
import type { CloseReason } from "./types.ts";
import type { Waiters } from "./waiting/waiters.ts";

export interface DrainOwner<T> {
	/** Closes one that is idle. */
	giveUp(entry: Entry<T>, reason: CloseReason): void;
	/** Takes a resource away from its user. */
	takeAway(entry: Entry<T>): void;
	/** What errors say about the pool. */
	describe(): string;
}

/**
 * The end of a pool, which everybody who wants it waits for together; the earliest of their deadlines counts. Newcomers
 * are refused; those who were there before are still served, and then all is closed.
 */
export class Drain<T> implements Deadline {
	readonly promise: Promise<void>;
	readonly #parts: Parts<T>;
	readonly #waiters: Pick<Waiters<never>, "size" | "reject">;
	readonly #shelf: IdleShelf<T>;
	readonly #opener: Opener<T>;
	readonly #keeper: Keeper<T>;
	readonly #owner: DrainOwner<T>;
	#settle!: () => void;
	/** Once it is done or late, none is earlier. */
	#deadline = NEVER;
	#timeout = NEVER;
	/** Set if it did not end in time. */
	#error: Error | undefined;

	constructor(
		parts: Parts<T>,
		waiters: Pick<Waiters<never>, "size" | "reject">,
		shelf: IdleShelf<T>,
		opener: Opener<T>,
		keeper: Keeper<T>,
		owner: DrainOwner<T>,
	) {
		this.#parts = parts;
		this.#waiters = waiters;
		this.#shelf = shelf;
		this.#opener = opener;
		this.#keeper = keeper;
		this.#owner = owner;
		this.promise = new Promise((resolve, reject) => {
			this.#settle = () => (this.#error === undefined ? resolve() : reject(this.#error));
		});
	}

	within(timeout: number): void {
		const { awaited, environment } = this.#parts;
		const deadline = environment.now() + timeout;
		if (deadline >= this.#deadline) return;
		awaited.set(this, deadline);
		this.#deadline = deadline;
		this.#timeout = timeout;
	}

	/** Closes what nobody waits for, and ends when nothing is left. */
	goOn(): void {
		if (this.#waiters.size > 0) return;
		const { places, awaited, housekeeping } = this.#parts;
		for (let entry = this.#shelf.next; entry !== undefined; entry = this.#shelf.next) {
			this.#owner.giveUp(entry, "drained");
		}
		this.#shelf.unwatch();
		this.#opener.stop(refusals.drained());
		if (places.size + this.#keeper.orphans > 0) return;
		this.#deadline = -NEVER;
		awaited.cancel(this);
		this.#settle();
		awaited.stop();
		housekeeping.stop();
	}

	/** Takes away what is still out, and waits for no hook but `destroy`. */
	fire(): void {
		this.#deadline = -NEVER;
		this.#error = refusals.lateDrain(this.#timeout, this.#owner.describe());
		const error = refusals.drained();
		this.#waiters.reject(NEVER, "drained", error);
		for (const entry of [...this.#parts.places.all]) {
			entry.closeReason ??= "drained";
			if (entry.place === Place.inUse) this.#owner.takeAway(entry);
			else if (entry.place !== Place.closing) entry.hook?.abandon()?.failed(error);
		}
	}
}
