import { BufferPool } from "ebbpool/bytes";

/** How much of what is allocated nobody asked for, as parts of what is allocated. */
export interface Waste {
	/** Averaged over the requests. */
	readonly average: number;
	/** Of all bytes allocated. */
	readonly ofBytes: number;
	/** The worst of the requests above the smallest class of 64 bytes, which are wasted on whatever is shorter. */
	readonly worst: number;
}

const SMALLEST = 64;

export function wasteOf(sizes: readonly number[], lengthFor: (size: number) => number): Waste {
	let [asked, allocated, parts, worst] = [0, 0, 0, 0];
	for (const size of sizes) {
		const length = lengthFor(size);
		const part = (length - size) / length;
		asked += size;
		allocated += length;
		parts += part;
		if (size > SMALLEST && part > worst) worst = part;
	}
	return { average: parts / sizes.length, ofBytes: 1 - asked / allocated, worst };
}

const pool = new BufferPool();

/** How long an array a `BufferPool` gives. */
export function pooledLength(size: number): number {
	const array = pool.get(size);
	pool.put(array);
	return array.length;
}

/** As it would be with one class a doubling. */
export function powerOfTwo(size: number): number {
	return Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(size)));
}
