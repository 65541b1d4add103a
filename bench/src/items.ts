/** What most scenarios pool: a small object of four fields. `next` is there for reusify, which links items through it. */
export class Item {
	id: number;
	x: number;
	y: number;
	next: Item | null;

	constructor() {
		this.id = 1;
		this.x = 2;
		this.y = 3;
		this.next = null;
	}
}

const SINES = 4096;

/** An item that takes some 50 µs to make: a table of sines. */
export class SineTable {
	/** How many were made in this process. */
	static made = 0;

	readonly sines = new Float64Array(SINES);
	next: SineTable | null = null;

	constructor() {
		SineTable.made++;
		for (let i = 0; i < SINES; i++) this.sines[i] = Math.sin((2 * Math.PI * i) / SINES);
	}
}

/** So many different items. */
export function makeItems(count: number): Item[] {
	return Array.from({ length: count }, () => new Item());
}
