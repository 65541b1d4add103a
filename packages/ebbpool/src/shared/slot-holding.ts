import { unposted } from "../base/unposted.ts";
import type { Attachment } from "./attachment.ts";
import type { SlotIndex } from "./core/layout.ts";
import type { OwnerWord } from "./core/owner-word.ts";
import type { Holding, ThreadCache } from "./core/thread-cache.ts";
import type { PoolMemory } from "./pool-memory.ts";

const UNPOSTED = unposted(
	"what pool.give(block) returns",
	"the block itself, which stands for memory of this thread",
);

/** A slot that a thread owns or owned, and the views of its memory, each made once. */
export class SlotHolding implements Holding {
	/** In front of all other fields. */
	readonly unposted = UNPOSTED;
	readonly slot: SlotIndex;
	word = 0 as OwnerWord;
	held = false;
	/** Takes the slot back. */
	readonly cache: ThreadCache<SlotHolding> | undefined;
	readonly attachment: Attachment | undefined;
	readonly #memory: PoolMemory | undefined;
	#bytes: Uint8Array<SharedArrayBuffer> | undefined;
	#fields: object | undefined;

	constructor(
		slot: SlotIndex,
		cache?: ThreadCache<SlotHolding>,
		/** Whose thread it is, in which pool; not the pool itself, which can be collected before its blocks. */
		attachment?: Attachment,
		memory?: PoolMemory,
	) {
		this.slot = slot;
		this.cache = cache;
		this.attachment = attachment;
		this.#memory = memory;
	}

	get bytes(): Uint8Array<SharedArrayBuffer> | undefined {
		this.#bytes ??= this.#memory?.bytesOf(this.slot);
		return this.#bytes;
	}

	get fields(): object | undefined {
		const memory = this.#memory;
		const { layout } = this.attachment ?? {};
		if (memory !== undefined)
			this.#fields ??= layout?.createFields(memory.buffer, memory.offsetOf(this.slot));
		return this.#fields;
	}
}

/** The holding of a block that was put, given or reclaimed: none. */
export const SPENT = new SlotHolding(-1 as SlotIndex);
