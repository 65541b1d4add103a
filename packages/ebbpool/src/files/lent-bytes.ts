import { disposeSymbol } from "../base/dispose-symbols.ts";
import { inspectSymbol } from "../base/inspect-symbol.ts";
import { PoolLease } from "../pool/lease.ts";
import type { Lease } from "../pool/types.ts";
import type { ArrayPool } from "./array-pool.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes in an array on loan, which goes back once: with `release`, `discard`, or at the end of a `using` block. */
export class LentBytes implements Lease<Bytes> {
	readonly #lease: PoolLease<Bytes>;
	readonly #length: number;

	/** Takes over an array of the pool that holds so many bytes. */
	constructor(pool: ArrayPool, array: Bytes, length: number) {
		this.#lease = new PoolLease({
			get: () => array,
			put: (it) => pool.put(it),
			discard: (it) => pool.discard(it),
		});
		this.#length = length;
	}

	/** The bytes, a view of the array; `ERR_POOL_RELEASED` once the loan has ended. */
	get item(): Bytes {
		return this.#lease.item.subarray(0, this.#length);
	}

	release(): void {
		this.#lease.release();
	}

	discard(): void {
		this.#lease.discard();
	}

	[disposeSymbol](): void {
		this.#lease.release();
	}

	[inspectSymbol](): string {
		return this.#lease[inspectSymbol]();
	}
}
