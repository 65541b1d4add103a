import type { SlotIndex } from "./layout.ts";

/** The shared memory of one pool, as far as the algorithm needs it. */
export interface Memory {
	readonly words: Int32Array;
	readonly maxSlots: number;
	/** Whether slots are zeroed before they become FREE. */
	readonly zero: boolean;
	/** Zeroes a slot's payload; only its owner may. */
	wipe(slot: SlotIndex): void;
	/** Makes room for so many slots; another thread may have done so before. `false` where there is no more memory. */
	grow(slots: number): boolean;
}
