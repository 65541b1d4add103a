/** A set of byte strings of one length, in the order in which they came; exact, and larger than a `Set` can be. */
export class StateSet {
	readonly width: number;
	#bytes: Uint8Array;
	#parents = new Int32Array(1 << 16);
	#table = new Int32Array(1 << 17).fill(-1);
	#size = 0;

	constructor(width: number) {
		this.width = width;
		this.#bytes = new Uint8Array(width << 16);
	}

	get size(): number {
		return this.#size;
	}

	parent(index: number): number {
		return this.#parents[index] as number;
	}

	/** Copies a state into `target`. */
	read(index: number, target: Uint8Array): void {
		target.set(this.#bytes.subarray(index * this.width, (index + 1) * this.width));
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
		if (this.#size === this.#parents.length) this.#extend();
		this.#table[at] = this.#size;
		this.#parents[this.#size] = parent;
		this.#bytes.set(state, this.#size * this.width);
		this.#size++;
		return true;
	}

	#equals(index: number, state: Uint8Array): boolean {
		const bytes = this.#bytes;
		const begin = index * this.width;
		for (let i = 0; i < this.width; i++) if (bytes[begin + i] !== state[i]) return false;
		return true;
	}

	#extend(): void {
		const parents = new Int32Array(this.#parents.length * 2);
		parents.set(this.#parents);
		this.#parents = parents;
		const bytes = new Uint8Array(this.#bytes.length * 2);
		bytes.set(this.#bytes);
		this.#bytes = bytes;
	}

	#rehash(): void {
		const table = new Int32Array(this.#table.length * 2).fill(-1);
		const mask = table.length - 1;
		for (let index = 0; index < this.#size; index++) {
			let at = hash(this.#bytes, index * this.width, this.width) & mask;
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
