/** Two cache lines, so that what one thread writes is not fetched with what the other writes. */
const LINE = 128;
/** A power of two. */
const LENGTH = 64;
/** Messages that the receiver is told of at a time: telling costs several times what a message does. */
const BATCH = 16;

const SENT = 0;
const TAKEN = LINE / Int32Array.BYTES_PER_ELEMENT;
const WORDS = 2 * TAKEN;

/** Numbers from one thread to one other, which spins until there are some: messages without the cost of an event. */
export class MessageRing {
	readonly words: Int32Array<SharedArrayBuffer>;
	readonly #messages: Float64Array<SharedArrayBuffer>;
	/** How many this thread has sent, or taken. */
	#count = 0;
	/** How many the other thread has taken, or sent, as far as this one knows. */
	#seen = 0;

	constructor(
		words = new Int32Array(
			new SharedArrayBuffer(2 * LINE + LENGTH * Float64Array.BYTES_PER_ELEMENT),
			0,
			WORDS,
		),
	) {
		this.words = words;
		this.#messages = new Float64Array(words.buffer, 2 * LINE, LENGTH);
	}

	send(message: number): void {
		const count = this.#count;
		while (((count - this.#seen) | 0) === LENGTH) this.#seen = Atomics.load(this.words, TAKEN);
		this.#messages[count & (LENGTH - 1)] = message;
		this.#count = (count + 1) | 0;
		if (this.#count % BATCH === 0) Atomics.store(this.words, SENT, this.#count);
	}

	/** Returns when all that was sent was taken, and the last of it dealt with. */
	drain(): void {
		Atomics.store(this.words, SENT, this.#count);
		while (Atomics.load(this.words, TAKEN) !== this.#count);
	}

	/** The next message; what was to be done with the one before is done. */
	take(): number {
		const count = this.#count;
		if (count === this.#seen) {
			Atomics.store(this.words, TAKEN, count);
			while (count === this.#seen) this.#seen = Atomics.load(this.words, SENT);
		}
		this.#count = (count + 1) | 0;
		return this.#messages[count & (LENGTH - 1)] as number;
	}
}
