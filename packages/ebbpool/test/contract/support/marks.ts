let last = 0;

/**
 * Writes into an array what it can be known by where its memory comes back in another one: with the checks on, a put takes the
 * memory away from whoever still has the array. Returns what `markOf` tells of that memory from now on.
 */
export function mark(array: Uint8Array): number {
	last = last === 255 ? 1 : last + 1;
	array[0] = last;
	return last;
}

/** The mark of an array; 0 for one that is fresh. */
export function markOf(array: Uint8Array): number | undefined {
	return array[0];
}
