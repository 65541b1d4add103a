import { disposeSymbol } from "../base/dispose-symbols.ts";
import { inspectSymbol } from "../base/inspect-symbol.ts";
import { PoolLease } from "../pool/lease.ts";
import type { Lease } from "../pool/types.ts";
import type { ArrayPool } from "./array-pool.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes in an array on loan, which goes back once: with `release`, `discard`, or at the end of a `using` block. */
export class LentBytes implements Lease<Bytes> {
	#lease: PoolLease<Bytes>;
	readonly #length: number;
	/** Where it is listed until it is used first. */
	readonly #unused: Set<LentBytes> | undefined;

	/**
	 * Takes over an array of the pool that holds so many bytes.
	 *
	 * @param unused - lists it until it is used first
	 */
	constructor(pool: ArrayPool, array: Bytes, length: number, unused?: Set<LentBytes>) {
		this.#lease = new PoolLease({
			get: () => array,
			put: (it) => pool.put(it),
			discard: (it) => pool.discard(it),
		});
		this.#length = length;
		this.#unused = unused?.add(this);
	}

	/** The bytes, a view of the array; `ERR_POOL_RELEASED` once the loan has ended. */
	get item(): Bytes {
		this.#unused?.delete(this);
		return this.#lease.item.subarray(0, this.#length);
	}

	release(): void {
		this.#unused?.delete(this);
		this.#lease.release();
	}

	discard(): void {
		this.#unused?.delete(this);
		this.#lease.discard();
	}

	/** Gives the array back at once; whoever has this, or comes to have it, finds a copy. */
	leavePool(): void {
		const lease = this.#lease;
		const copy = this.item.slice();
		this.#lease = new PoolLease({ get: () => copy, put() {}, discard() {} });
		lease.release();
	}

	[disposeSymbol](): void {
		this.release();
	}

	[inspectSymbol](): string {
		return this.#lease[inspectSymbol]();
	}
}
