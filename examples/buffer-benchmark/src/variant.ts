/** One way to come by a buffer, and what was measured of it. */
export interface Variant {
	readonly name: string;
	readonly operation: () => void;
	allocations: number;
	collections: number;
	/** Operations per second, one figure a round. */
	readonly throughputs: number[];
}

export function variant(name: string, operation: (it: Variant) => void): Variant {
	const it: Variant = {
		name,
		operation: () => operation(it),
		allocations: 0,
		collections: 0,
		throughputs: [],
	};
	return it;
}

/** The middle one of an odd number of figures. */
export function median(figures: readonly number[]): number {
	return figures.toSorted((a, b) => a - b)[figures.length >> 1] as number;
}
