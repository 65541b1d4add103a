import { PoolError } from "../errors.ts";
import type { Lease } from "./types.ts";

/** Where a lease's item comes from and goes back to. */
interface Lender<T> {
	get(): T;
	put(item: T): void;
	discard(item: T): void;
}

/** One item on loan; the first call that ends it decides what becomes of the item. */
export class PoolLease<T> implements Lease<T> {
	#lender: Lender<T> | undefined;
	#item: T | undefined;

	constructor(lender: Lender<T>) {
		this.#item = lender.get();
		this.#lender = lender;
	}

	get item(): T {
		if (this.#lender === undefined) {
			throw new PoolError(
				"ERR_POOL_RELEASED",
				"lease.item: expected a lease that has not ended; the item went back to its pool and may be somebody else's",
			);
		}
		return this.#item as T;
	}

	release(): void {
		this.#end((lender, item) => lender.put(item));
	}

	discard(): void {
		this.#end((lender, item) => lender.discard(item));
	}

	[Symbol.dispose](): void {
		this.release();
	}

	#end(giveBack: (lender: Lender<T>, item: T) => void): void {
		const lender = this.#lender;
		if (lender === undefined) return;
		const item = this.#item as T;
		this.#lender = undefined;
		this.#item = undefined;
		giveBack(lender, item);
	}
}
