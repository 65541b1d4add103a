import { disposeSymbol } from "../base/dispose-symbols.ts";
import { PoolError } from "../base/errors.ts";
import { inspectSymbol } from "../base/inspect-symbol.ts";
import { type SlotHolding, SPENT } from "./slot-holding.ts";

/**
 * A slot of a {@link SharedPool}, on loan to this thread. Each `get` and `adopt` returns a new one: once it was put or given
 * away it is spent for good, whoever holds the slot next. Leaving a `using` block puts it back, unless it is spent. To pass it
 * to another thread, post what {@link SharedPool.give} returns.
 */
export interface SharedBlock<Fields = undefined> extends Disposable {
	/** The slot's memory, `slotSize` bytes. `ERR_POOL_NOT_HELD` once the block is spent. */
	readonly bytes: Uint8Array<SharedArrayBuffer>;
	/** Accessors to the slot's memory if the pool has a `layout`. `ERR_POOL_NOT_HELD` as for `bytes`. */
	readonly fields: Fields;
}

export class SlotBlock<Fields = undefined> implements SharedBlock<Fields> {
	/** {@link SPENT} before the loan, and for good after it. */
	holding: SlotHolding = SPENT;

	get bytes(): Uint8Array<SharedArrayBuffer> {
		const { holding } = this;
		if (!holding.held) throw notHeld("SharedBlock.bytes");
		return holding.bytes as Uint8Array<SharedArrayBuffer>;
	}

	get fields(): Fields {
		const { holding } = this;
		if (!holding.held) throw notHeld("SharedBlock.fields");
		return holding.fields as Fields;
	}

	/** Puts the slot of a block that is not spent. */
	put(): void {
		const { holding } = this;
		this.holding = SPENT;
		let isPut: boolean | undefined;
		try {
			isPut = holding.cache?.put(holding);
		} catch (error) {
			// A stack that overflows may stop a put before it is done; then the block is held as before.
			if (holding.held) this.holding = holding;
			throw error;
		}
		if (isPut !== true) throw notHeld("SharedPool.put");
	}

	[disposeSymbol](): void {
		if (this.holding.held) this.put();
	}

	toJSON(): object {
		return {};
	}

	[inspectSymbol](): string {
		const { slot, held } = this.holding;
		return held ? `SharedBlock { slot ${slot}, ${this.bytes.length} bytes }` : "SharedBlock { spent }";
	}
}

/** Whether a value is a block, of any copy of this package. */
export function isBlock(value: unknown): value is SlotBlock<never> {
	const { holding } = Object(value) as Partial<SlotBlock>;
	return typeof holding?.held === "boolean";
}

/** What says that a block, or what a message stands for, is not this thread's to use. */
export function notHeld(what: string): PoolError {
	return new PoolError(
		"ERR_POOL_NOT_HELD",
		`${what}: expected a block or message that was not put, given away, adopted or reclaimed, got one that was`,
	);
}
