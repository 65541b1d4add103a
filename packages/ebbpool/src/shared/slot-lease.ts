import { disposeSymbol } from "../base/dispose-symbols.ts";
import { inNameOf, PoolError } from "../base/errors.ts";
import { inspectSymbol, leaseLine } from "../base/inspect-symbol.ts";
import { unposted } from "../base/unposted.ts";
import type { SharedBlock, SlotBlock } from "./shared-block.ts";

/** A block to be used with `using`: it goes back to its pool once, at the end of the block, unless it was given away. */
export interface SharedLease<Fields = undefined> extends Disposable {
	/** The block on loan; `ERR_POOL_RELEASED` once the lease is over. */
	readonly item: SharedBlock<Fields>;
	/** Puts the block back; does nothing the second time. */
	release(): void;
	/** Puts the block back zeroed, whatever the pool's `zero` says: the memory of a bounded pool is never let go of. */
	discard(): void;
}

interface BlockGetter<Fields> {
	get(): SharedBlock<Fields>;
}

/** Takes a block for a method that goes on with it: it is in the name of that one if there is none. */
export function getFor<Fields>(method: string, pool: BlockGetter<Fields>): SharedBlock<Fields> {
	try {
		return pool.get();
	} catch (error) {
		throw inNameOf(method, "SharedPool.get", error);
	}
}

const UNPOSTED = unposted("what pool.give(lease.item) returns", "the lease");

export class SlotLease<Fields> implements SharedLease<Fields> {
	/** In front of all other fields. */
	protected readonly unposted: object = UNPOSTED;
	#block: SharedBlock<Fields> | undefined;

	constructor(pool: BlockGetter<Fields>) {
		this.#block = getFor("SharedPool.lease", pool);
	}

	get item(): SharedBlock<Fields> {
		if (this.#block !== undefined) return this.#block;
		throw new PoolError("ERR_POOL_RELEASED", "SharedLease.item: expected a held lease, got one that ended");
	}

	release(): void {
		this.#block?.[disposeSymbol]();
		this.#block = undefined;
	}

	discard(): void {
		const block = this.#block as SlotBlock<Fields> | undefined;
		if (block?.holding.held) block.bytes.fill(0);
		this.release();
	}

	[disposeSymbol](): void {
		this.release();
	}

	[inspectSymbol](): string {
		return leaseLine(this.#block !== undefined);
	}
}
