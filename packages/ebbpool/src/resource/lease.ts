import { asyncDisposeSymbol } from "../base/dispose-symbols.ts";
import { PoolError } from "../base/errors.ts";
import { inspectSymbol, leaseLine } from "../base/inspect-symbol.ts";
import { DONE } from "./done.ts";
import type { Entry } from "./entry.ts";
import type { ResourceLease } from "./types.ts";

/** Where a leased resource goes back to; both end its lease. */
export interface Lender<T> {
	giveBack(entry: Entry<T>): Promise<void>;
	throwAway(entry: Entry<T>): Promise<void>;
}

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
			throw new PoolError(
				"ERR_POOL_RELEASED",
				"ResourceLease.item: expected a held lease, got one that ended",
			);
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

	[asyncDisposeSymbol](): Promise<void> {
		return this.release();
	}

	[inspectSymbol](): string {
		return leaseLine(this.#entry.lease === this);
	}
}
