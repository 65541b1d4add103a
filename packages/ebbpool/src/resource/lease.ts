import { PoolError } from "../base/errors.ts";
import type { Entry } from "./entry.ts";
import { hostEnvironment } from "./environment.ts";
import type { ResourceLease } from "./types.ts";

/** Where a leased resource goes back to; both end its lease. */
export interface Lender<T> {
	giveBack(entry: Entry<T>): Promise<void>;
	throwAway(entry: Entry<T>): Promise<void>;
}

/** What every call returns that has nothing to wait for. It outlives whoever loads this module, and keeps nothing of his. */
export const DONE: Promise<void> = hostEnvironment.detached(() => Promise.resolve());

/**
 * One resource on loan. It lasts as long as it is its entry's lease; the first call that ends it decides what becomes of
 * the resource, unless a drain took that away before.
 */
export class PooledLease<T> implements ResourceLease<T> {
	readonly #lender: Lender<T>;
	readonly #entry: Entry<T>;

	constructor(lender: Lender<T>, entry: Entry<T>) {
		this.#lender = lender;
		this.#entry = entry;
	}

	get item(): T {
		const entry = this.#entry;
		if (entry.lease !== this) {
			throw new PoolError("ERR_POOL_RELEASED", "lease.item: expected a lease that has not ended");
		}
		return entry.item as T;
	}

	release(): Promise<void> {
		const entry = this.#entry;
		return entry.lease === this ? this.#lender.giveBack(entry) : DONE;
	}

	discard(): Promise<void> {
		const entry = this.#entry;
		return entry.lease === this ? this.#lender.throwAway(entry) : DONE;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.release();
	}
}
