import { PoolError } from "../errors.ts";
import type { SlotIndex } from "./layout.ts";
import type { OwnerWord } from "./owner-word.ts";
import type { PoolMemory } from "./pool-memory.ts";
import type { Holding, ThreadShare } from "./thread-share.ts";

/** Gives access to the members of a struct in a slot; what `struct()` makes is one. */
export interface SlotLayout<Fields extends object> {
	/** Length of one struct, in bytes. */
	readonly byteLength: number;
	/** The same for two layouts if they mean the same bytes. */
	readonly signature: string;
	createFields(buffer: SharedArrayBuffer, byteOffset: number): Fields;
}

/**
 * A slot of a {@link SharedPool} that this thread holds. Leaving a `using` block puts it back, unless it was put or given
 * away before. One object a slot and thread: the same object comes back when the thread takes the slot again.
 */
export interface SharedBlock<Fields = undefined> extends Disposable {
	/** The slot's memory, `slotSize` bytes. `ERR_POOL_NOT_HELD` while this thread does not hold the slot. */
	readonly bytes: Uint8Array<SharedArrayBuffer>;
	/** Accessors to the slot's memory if the pool has a `layout`. `ERR_POOL_NOT_HELD` as for `bytes`. */
	readonly fields: Fields;
}

/** Who puts a block that a `using` block leaves. */
interface Lender<Fields> {
	put(block: SharedBlock<Fields>): void;
}

export class SlotBlock<Fields = undefined> implements SharedBlock<Fields>, Holding {
	readonly slot: SlotIndex;
	word = 0 as OwnerWord;
	held = false;
	/** The share that takes the block back. */
	readonly share: ThreadShare<SlotBlock<Fields>>;
	readonly #lender: Lender<Fields>;
	readonly #memory: PoolMemory;
	readonly #layout: SlotLayout<Fields & object> | undefined;
	#bytes: Uint8Array<SharedArrayBuffer> | undefined;
	#fields: Fields | undefined;

	constructor(
		slot: SlotIndex,
		share: ThreadShare<SlotBlock<Fields>>,
		lender: Lender<Fields>,
		memory: PoolMemory,
		layout: SlotLayout<Fields & object> | undefined,
	) {
		this.slot = slot;
		this.share = share;
		this.#lender = lender;
		this.#memory = memory;
		this.#layout = layout;
	}

	get bytes(): Uint8Array<SharedArrayBuffer> {
		if (!this.held) throw notHeld("bytes");
		this.#bytes ??= this.#memory.bytesOf(this.slot);
		return this.#bytes;
	}

	get fields(): Fields {
		if (!this.held) throw notHeld("fields");
		this.#fields ??= this.#layout?.createFields(this.#memory.buffer, this.#memory.offsetOf(this.slot));
		return this.#fields as Fields;
	}

	[Symbol.dispose](): void {
		if (this.held) this.#lender.put(this);
	}
}

/** What says that a block is not this thread's to use. */
export function notHeld(what: string): PoolError {
	return new PoolError(
		"ERR_POOL_NOT_HELD",
		`${what}: expected a block that this thread holds, got one that it put or gave away`,
	);
}
