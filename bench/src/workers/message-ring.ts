/** Two cache lines, so that what one thread writes is not fetched with what the other writes. */
const LINE = 128;
const LENGTH = 32;

const SENT = 0;
const TAKEN = LINE / Int32Array.BYTES_PER_ELEMENT;

/** Numbers from one thread to one other, which spins until there is one: messages without the cost of an event. */
export class MessageRing {
	readonly words: Int32Array<SharedArrayBuffer>;
	readonly #messages: Float64Array<SharedArrayBuffer>;
	/** How many this thread has sent, or taken. */
	#count = 0;

	constructor(
		words = new Int32Array(
			new SharedArrayBuffer(2 * LINE + LENGTH * Float64Array.BYTES_PER_ELEMENT),
			0,
			(2 * LINE) / Int32Array.BYTES_PER_ELEMENT,
		),
	) {
		this.words = words;
		this.#messages = new Float64Array(words.buffer, 2 * LINE, LENGTH);
	}

	send(message: number): void {
		const count = this.#count;
		while (((count - Atomics.load(this.words, TAKEN)) | 0) === LENGTH);
		this.#messages[count & (LENGTH - 1)] = message;
		this.#count = (count + 1) | 0;
		Atomics.store(this.words, SENT, this.#count);
	}

	/** Returns when all that was sent was taken. */
	drained(): void {
		while (Atomics.load(this.words, TAKEN) !== this.#count);
	}

	/** The next message; what was to be done with the one before is done. */
	take(): number {
		const count = this.#count;
		Atomics.store(this.words, TAKEN, count);
		while (Atomics.load(this.words, SENT) === count);
		this.#count = (count + 1) | 0;
		return this.#messages[count & (LENGTH - 1)] as number;
	}
}
