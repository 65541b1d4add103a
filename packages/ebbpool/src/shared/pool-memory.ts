import { instrument } from "../base/instrument.ts";
import { byteLengthOf, controlWords, ID, payloadAt, type SlotIndex, strideOf } from "./core/layout.ts";
import type { Memory } from "./core/memory.ts";
import { slotCount } from "./core/slot-count.ts";

/** A buffer that can grow; TypeScript's ES2023 does not know of it. */
export interface GrowableBuffer extends SharedArrayBuffer {
	readonly growable: boolean;
	readonly maxByteLength: number;
	grow(byteLength: number): void;
}

/** What does not change in the life of a pool. */
export interface Description {
	readonly slotSize: number;
	readonly maxSlots: number;
	readonly zero: boolean;
	readonly magazine: number;
	/** A hash of the layout's signature; 0 without a layout. */
	readonly signature: number;
}

const DOUBLE = 8;
// In doubles; measured from 64 bytes to 1 MiB on Node 20 to 26, Bun and Deno.
const LOOPED = 32;
const FILLED = 512;
const COPIED = 2048;

/** The shared memory of a pool, seen from one thread. */
export class PoolMemory implements Memory {
	readonly buffer: SharedArrayBuffer;
	readonly words: Int32Array<SharedArrayBuffer>;
	readonly description: Description;
	readonly maxSlots: number;
	readonly zero: boolean;
	/** The pool's. */
	name: string | undefined;
	readonly #payload: number;
	readonly #stride: number;
	/**
	 * All slots that this thread has seen to exist, as doubles: engines fill these faster than bytes. Fixed in length: a view
	 * that follows the buffer's costs several times as much per access.
	 */
	#doubles: Float64Array = new Float64Array();

	constructor(buffer: SharedArrayBuffer, description: Description) {
		const { slotSize, maxSlots, zero } = description;
		this.buffer = buffer;
		this.words = new Int32Array(buffer, 0, controlWords(maxSlots));
		this.description = description;
		this.maxSlots = maxSlots;
		this.zero = zero;
		this.#payload = payloadAt(maxSlots);
		this.#stride = strideOf(slotSize);
	}

	/**
	 * By copying a first part that is zero, the fastest way on all engines taken together: `fill` alone often took twice as
	 * long on Node 20 and 22, and `set` from zeros elsewhere on Node 24.
	 */
	wipe(slot: SlotIndex): void {
		const size = this.#stride / DOUBLE;
		const begin = slot * size;
		if (begin + size > this.#doubles.length) {
			this.#doubles = new Float64Array(this.buffer, this.#payload, slotCount(this) * size);
		}
		const doubles = this.#doubles;
		let done = Math.min(size, FILLED);
		// The call of `fill` costs more than it saves for a few cache lines.
		if (size > LOOPED) doubles.fill(0, begin, begin + done);
		else for (let i = begin; i < begin + size; i++) doubles[i] = 0;
		while (done < size) {
			const more = Math.min(done, COPIED, size - done);
			doubles.copyWithin(begin + done, begin, begin + more);
			done += more;
		}
	}

	/** A random word, the same in all threads. */
	get key(): number {
		return this.words[ID] as number;
	}

	/** Where a slot begins, in bytes. */
	offsetOf(slot: SlotIndex): number {
		return this.#payload + slot * this.#stride;
	}

	bytesOf(slot: SlotIndex): Uint8Array<SharedArrayBuffer> {
		return new Uint8Array(this.buffer, this.offsetOf(slot), this.description.slotSize);
	}

	grow(slots: number): boolean {
		const needed = byteLengthOf(this.maxSlots, this.description.slotSize, slots);
		try {
			if (this.buffer.byteLength < needed) {
				(this.buffer as GrowableBuffer).grow(needed);
				instrument.publish?.("shared:grow", this.name, slots, this.maxSlots);
			}
		} catch {
			// Another thread was faster, with at least as many, or there is no memory.
		}
		return this.buffer.byteLength >= needed;
	}
}
