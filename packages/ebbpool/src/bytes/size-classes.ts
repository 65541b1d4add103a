/** Number of a size class, counted from the smallest. */
export type SizeClass = number & { readonly sizeClass: unique symbol };

/**
 * Four classes a doubling: 64, 80, 96, 112, 128, 160, … bytes. A request wastes less than a fifth of what it gets, and
 * 8 % on average where every order of magnitude is as likely; powers of two would waste up to a half, and 28 %.
 * `bench/src/size-classes.ts` measures it on real response sizes.
 */
const SMALLEST = 64;

/** The longest array that has a class: twice as long, and the bit arithmetic below would overflow. */
export const MAX_LENGTH = 2 ** 30;

/** log2 of {@link SMALLEST}. */
const SMALLEST_BITS = 6;

/** log2 of the classes a doubling. */
const STEP_BITS = 2;

/** The class whose arrays are long enough for `length` bytes; `length` is an integer from 0 to 2^32 - 1. */
export function classFor(length: number): SizeClass {
	if (length <= SMALLEST) return 0 as SizeClass;
	const last = length - 1;
	const doubling = 31 - Math.clz32(last);
	const step = (last >>> (doubling - STEP_BITS)) - (1 << STEP_BITS);
	return (((doubling - SMALLEST_BITS) << STEP_BITS) + step + 1) as SizeClass;
}

/** How long the arrays of a class are, in bytes. */
export function lengthOf(sizeClass: SizeClass): number {
	const doubling = sizeClass >> STEP_BITS;
	const step = sizeClass & ((1 << STEP_BITS) - 1);
	return (SMALLEST + step * (SMALLEST >> STEP_BITS)) << doubling;
}
