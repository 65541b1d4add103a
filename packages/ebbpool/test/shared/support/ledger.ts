/**
 * A second opinion on who holds what, kept beside the pool: each user enters itself before it touches a slot and strikes
 * itself out before it puts it. Whoever finds another live user there, or bytes that are not its own, counts a violation.
 */
export class Ledger {
	readonly memory: SharedArrayBuffer;
	readonly #words: Int32Array;
	readonly #slots: number;

	static readonly MARKS = 1 << 15;
	static readonly OPERATIONS = 0;
	static readonly DOUBLY_HELD = 1;
	static readonly STALE_BYTES = 2;
	static readonly CHANGED_BYTES = 3;
	static readonly HANDED_OVER = 4;
	static readonly STOP = 5;
	static readonly FAILED = 6;
	static readonly COUNTERS = 8;

	constructor(slots: number, memory = new SharedArrayBuffer((Ledger.COUNTERS + slots + Ledger.MARKS) * 4)) {
		this.memory = memory;
		this.#words = new Int32Array(memory);
		this.#slots = slots;
	}

	count(counter: number, by = 1): void {
		Atomics.add(this.#words, counter, by);
	}

	read(counter: number): number {
		return Atomics.load(this.#words, counter);
	}

	/** Says that whoever has this mark takes no more steps. */
	bury(mark: number): void {
		Atomics.store(this.#words, Ledger.COUNTERS + this.#slots + mark, 1);
	}

	#isDead(mark: number): boolean {
		return Atomics.load(this.#words, Ledger.COUNTERS + this.#slots + mark) === 1;
	}

	enter(slot: number, mark: number, handedOverBy = 0): void {
		const before = Atomics.exchange(this.#words, Ledger.COUNTERS + slot, mark);
		if (before !== 0 && before !== handedOverBy && !this.#isDead(before)) this.count(Ledger.DOUBLY_HELD);
	}

	strike(slot: number, mark: number): void {
		if (Atomics.compareExchange(this.#words, Ledger.COUNTERS + slot, mark, 0) !== mark) {
			this.count(Ledger.DOUBLY_HELD);
		}
	}
}
