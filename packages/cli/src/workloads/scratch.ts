/**
 * Working memory that grows to what is asked of it and keeps it, as Go's `bytes.Buffer` does: made for one use, it
 * allocates exactly what that use needs; pooled, it stops allocating once it has seen the largest.
 */
export class Scratch {
	#bytes: Buffer = Buffer.alloc(0);

	/** At least `length` bytes, with whatever was in them before. */
	atLeast(length: number): Buffer {
		if (this.#bytes.length < length) this.#bytes = Buffer.allocUnsafe(length);
		return this.#bytes;
	}
}
