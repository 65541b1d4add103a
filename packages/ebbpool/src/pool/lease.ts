import { disposeSymbol } from "../base/dispose-symbols.ts";
import { PoolError } from "../base/errors.ts";
import { inspectSymbol, leaseLine } from "../base/inspect-symbol.ts";
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
			throw new PoolError("ERR_POOL_RELEASED", "Lease.item: expected a held lease, got one that ended");
		}
		return this.#item as T;
	}

	release(): void {
		this.#end("put");
	}

	discard(): void {
		this.#end("discard");
	}

	[disposeSymbol](): void {
		this.release();
	}

	[inspectSymbol](): string {
		return leaseLine(this.#lender !== undefined);
	}

	#end(how: "put" | "discard"): void {
		const lender = this.#lender;
		const item = this.#item as T;
		this.#lender = undefined;
		this.#item = undefined;
		lender?.[how](item);
	}
}
