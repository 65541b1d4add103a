/** A small generator of numbers from 0 up to 1 that a seed repeats (mulberry32). @param {number} seed */
export function randomFrom(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

/**
 * So many of the items, drawn at random, from each stratum in proportion to its size, and one from each at least.
 *
 * @template Item
 * @param {readonly Item[]} items
 * @param {number} size
 * @param {(item: Item) => string} stratumOf
 * @param {number} seed
 * @returns {Item[]}
 */
export function stratifiedSample(items, size, stratumOf, seed) {
	if (size >= items.length) return [...items];
	const random = randomFrom(seed);
	/** @type {Map<string, Item[]>} */
	const strata = new Map();
	for (const item of items) {
		const stratum = stratumOf(item);
		strata.set(stratum, [...(strata.get(stratum) ?? []), item]);
	}
	return [...strata.values()].flatMap((stratum) => {
		const drawn = [...stratum];
		for (let i = drawn.length - 1; i > 0; i--) {
			const j = Math.floor(random() * (i + 1));
			[drawn[i], drawn[j]] = [/** @type {Item} */ (drawn[j]), /** @type {Item} */ (drawn[i])];
		}
		return drawn.slice(0, Math.max(1, Math.round((size * stratum.length) / items.length)));
	});
}
