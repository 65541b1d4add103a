import type { SharedBlock, SharedPool } from "ebbpool/shared";
import { Ledger } from "./ledger.ts";

/** As in the pools of the stress tests: slots of one cache line, and never more than so many. */
export const STRIDE = 64;
export const SLOTS = 4096;

/** Uses slots at random, and looks whether anybody else does. */
export class User {
	readonly #pool: SharedPool;
	readonly #ledger: Ledger;
	readonly #mark: number;
	readonly #random: () => number;
	readonly #held: SharedBlock[] = [];

	constructor(pool: SharedPool, ledger: Ledger, mark: number, random: () => number) {
		this.#pool = pool;
		this.#ledger = ledger;
		this.#mark = mark;
		this.#random = random;
	}

	/** Slots lie at whole strides; what lies in front of them does not matter to a ledger. */
	#slotOf({ bytes }: SharedBlock): number {
		return (bytes.byteOffset / STRIDE) % SLOTS;
	}

	/** One get or put, weighted to hold a few slots at a time. */
	step(): void {
		if (this.#held.length > 0 && this.#random() < 0.25 + this.#held.length / 8) this.#put();
		else this.#get();
		this.#ledger.count(Ledger.OPERATIONS);
	}

	#get(): void {
		const block = this.#pool.tryGet();
		if (block !== undefined) this.begin(block);
	}

	/** Begins to use a block that was zero. */
	begin(block: SharedBlock): void {
		this.#ledger.enter(this.#slotOf(block), this.#mark);
		const { bytes } = block;
		for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) this.#ledger.count(Ledger.STALE_BYTES);
		bytes.fill(this.#mark & 0xff || 1);
		this.#held.push(block);
	}

	#take(): SharedBlock | undefined {
		const at = Math.floor(this.#random() * this.#held.length);
		const block = this.#held[at];
		if (block === undefined) return undefined;
		this.#held.splice(at, 1);
		const { bytes } = block;
		const mine = this.#mark & 0xff || 1;
		for (let i = 0; i < bytes.length; i++) if (bytes[i] !== mine) this.#ledger.count(Ledger.CHANGED_BYTES);
		this.#ledger.strike(this.#slotOf(block), this.#mark);
		return block;
	}

	#put(): void {
		const block = this.#take();
		if (block !== undefined) this.#pool.put(block);
	}

	/** Lets go of a slot as a message. */
	give(worker?: object): number | undefined {
		const block = this.#take();
		if (block === undefined) return undefined;
		this.#ledger.count(Ledger.HANDED_OVER);
		return worker === undefined ? this.#pool.give(block) : this.#pool.give(block, worker);
	}

	/** Puts back what somebody else wrote. */
	receive(block: SharedBlock): void {
		const slot = this.#slotOf(block);
		this.#ledger.enter(slot, this.#mark);
		const { bytes } = block;
		for (const byte of bytes) if (byte === 0 || byte !== bytes[0]) this.#ledger.count(Ledger.CHANGED_BYTES);
		this.#ledger.strike(slot, this.#mark);
		this.#pool.put(block);
	}

	putAll(): void {
		while (this.#held.length > 0) this.#put();
	}
}
