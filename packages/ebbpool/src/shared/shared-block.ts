import { PoolError } from "../base/errors.ts";
import type { Attachment } from "./attachment.ts";
import type { SlotIndex } from "./core/layout.ts";
import type { OwnerWord } from "./core/owner-word.ts";
import type { Holding, ThreadCache } from "./core/thread-cache.ts";
import type { PoolMemory } from "./pool-memory.ts";

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

/** What a slot is for the user of one thread. */
export class SlotBlock<Fields = undefined> implements SharedBlock<Fields>, Holding {
	readonly slot: SlotIndex;
	word = 0 as OwnerWord;
	held = false;
	/** The share that takes the block back. */
	readonly share: ThreadCache<SlotBlock<Fields>>;
	/** Whose thread it is, in which pool. A block does not refer to the pool itself, which can be collected before it. */
	readonly attachment: Attachment;
	readonly #memory: PoolMemory;
	#bytes: Uint8Array<SharedArrayBuffer> | undefined;
	#fields: object | undefined;

	constructor(
		slot: SlotIndex,
		share: ThreadCache<SlotBlock<Fields>>,
		attachment: Attachment,
		memory: PoolMemory,
	) {
		this.slot = slot;
		this.share = share;
		this.attachment = attachment;
		this.#memory = memory;
	}

	get bytes(): Uint8Array<SharedArrayBuffer> {
		if (!this.held) throw notHeld("bytes");
		this.#bytes ??= this.#memory.bytesOf(this.slot);
		return this.#bytes;
	}

	get fields(): Fields {
		if (!this.held) throw notHeld("fields");
		const memory = this.#memory;
		this.#fields ??= this.attachment.layout?.createFields(memory.buffer, memory.offsetOf(this.slot));
		return this.#fields as Fields;
	}

	[Symbol.dispose](): void {
		if (this.held && !this.share.put(this)) throw notHeld("put");
	}
}

/** What says that a block, or what a message stands for, is not this thread's to use. */
export function notHeld(what: string): PoolError {
	return new PoolError(
		"ERR_POOL_NOT_HELD",
		`${what}: expected a block or message that was not put, given away, adopted or reclaimed before`,
	);
}
