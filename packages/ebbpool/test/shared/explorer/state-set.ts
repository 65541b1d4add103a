/** States in a block of memory: nothing is copied when one more is needed, and none is larger than a typed array can be. */
const BLOCK_BITS = 16;
const BLOCK = 1 << BLOCK_BITS;
const WITHIN = BLOCK - 1;

/** A set of byte strings of one length, in the order in which they came; exact, and larger than a `Set` can be. */
export class StateSet {
	readonly width: number;
	readonly #blocks: Uint8Array[] = [];
	readonly #parents: Int32Array[] = [];
	#table = new Int32Array(1 << 17).fill(-1);
	#size = 0;

	constructor(width: number) {
		this.width = width;
	}

	get size(): number {
		return this.#size;
	}

	parent(index: number): number {
		return this.#parents[index >>> BLOCK_BITS]?.[index & WITHIN] as number;
	}

	/** Copies a state into `target`. */
	read(index: number, target: Uint8Array): void {
		const begin = (index & WITHIN) * this.width;
		target.set(this.#block(index).subarray(begin, begin + this.width));
	}

	/** @returns whether the state is new */
	add(state: Uint8Array, parent: number): boolean {
		if (this.#size * 2 >= this.#table.length) this.#rehash();
		const mask = this.#table.length - 1;
		let at = hash(state, 0, this.width) & mask;
		for (let found = this.#table[at] as number; found >= 0; found = this.#table[at] as number) {
			if (this.#equals(found, state)) return false;
			at = (at + 1) & mask;
		}
		const index = this.#size;
		if ((index & WITHIN) === 0) {
			this.#blocks.push(new Uint8Array(this.width * BLOCK));
			this.#parents.push(new Int32Array(BLOCK));
		}
		this.#table[at] = index;
		(this.#parents[index >>> BLOCK_BITS] as Int32Array)[index & WITHIN] = parent;
		this.#block(index).set(state, (index & WITHIN) * this.width);
		this.#size++;
		return true;
	}

	#block(index: number): Uint8Array {
		return this.#blocks[index >>> BLOCK_BITS] as Uint8Array;
	}

	#equals(index: number, state: Uint8Array): boolean {
		const bytes = this.#block(index);
		const begin = (index & WITHIN) * this.width;
		for (let i = 0; i < this.width; i++) if (bytes[begin + i] !== state[i]) return false;
		return true;
	}

	#rehash(): void {
		const table = new Int32Array(this.#table.length * 2).fill(-1);
		const mask = table.length - 1;
		for (let index = 0; index < this.#size; index++) {
			let at = hash(this.#block(index), (index & WITHIN) * this.width, this.width) & mask;
			while ((table[at] as number) >= 0) at = (at + 1) & mask;
			table[at] = index;
		}
		this.#table = table;
	}
}

/** FNV-1a, with a final mix. */
function hash(bytes: Uint8Array, begin: number, length: number): number {
	let h = 0x811c9dc5;
	for (let i = begin; i < begin + length; i++) h = Math.imul(h ^ (bytes[i] as number), 0x01000193);
	h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
	return h ^ (h >>> 13);
}
