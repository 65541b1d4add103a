/** The middle of the values; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
	const sorted = ascending(values);
	const middle = sorted.length >> 1;
	const upper = sorted[middle];
	if (upper === undefined) throw new RangeError("the median of no values");
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

export interface Interval {
	readonly low: number;
	readonly high: number;
}

/** How sure an interval is to hold the true median. */
const CONFIDENCE = 0.95;

/**
 * Between which two of the values the true median lies, with at least 95 % confidence and without assuming anything
 * about how they are distributed: each value is above the true median as often as a coin shows heads. Of fewer than six
 * values, from the lowest to the highest, which is all that can be said.
 */
export function medianInterval(values: readonly number[]): Interval {
	const sorted = ascending(values);
	let dropped = 0;
	while (2 * atMostHeads(dropped, sorted.length) <= 1 - CONFIDENCE) dropped++;
	const outermost = Math.max(0, dropped - 1);
	return { low: sorted[outermost] as number, high: sorted.at(-1 - outermost) as number };
}

/** The probability that `tosses` of a coin show at most `heads` heads. */
function atMostHeads(heads: number, tosses: number): number {
	let ways = 1;
	let sum = 1;
	for (let k = 1; k <= heads; k++) {
		ways *= (tosses - k + 1) / k;
		sum += ways;
	}
	return sum / 2 ** tosses;
}

function ascending(values: readonly number[]): number[] {
	return values.toSorted((a, b) => a - b);
}
