/** One use of an item: got at one moment, put at another, in milliseconds. */
export interface Use {
	readonly from: number;
	readonly to: number;
}

export interface Pattern {
	readonly name: string;
	/** How long it lasts, in milliseconds, where it has a length of its own. */
	readonly length?: number;
	/** The uses within so many milliseconds, in the order in which they begin. */
	uses(length: number): Use[];
}

/** How long an item is in use, in milliseconds. */
export const HELD = 5;

/** Park and Miller's generator: the same pattern each time. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 48271) % 0x7fffffff;
		return state / 0x7fffffff;
	};
}

const steady = (perSecond: number): Pattern => ({
	name: `${perSecond} a second`,
	uses: (length) =>
		Array.from({ length: Math.floor((length * perSecond) / 1000) }, (_, i) => {
			const from = (i * 1000) / perSecond;
			return { from, to: from + Math.min(HELD, 200 / perSecond) };
		}),
});

/** Independent arrivals. */
const arrivals = (perSecond: number): Pattern => ({
	name: `${perSecond} a second, at random`,
	uses(length) {
		const next = random(7);
		const uses: Use[] = [];
		for (let from = 0; from < length; from += (Math.log(1 / next()) * 1000) / perSecond)
			uses.push({ from, to: from + HELD });
		return uses;
	},
});

/** So many at once every so often, and nothing between. */
const bursts = (size: number, every: number): Pattern => ({
	name: `${size} at once every ${every / 1000} s`,
	uses: (length) =>
		Array.from({ length: Math.ceil(length / every) }, (_, burst) =>
			Array.from({ length: size }, (_, i) => ({
				from: burst * every + i / size,
				to: burst * every + HELD + i / size,
			})),
		).flat(),
});

/** golang/go#23199: one large burst, then steady use by one. */
const surge: Pattern = {
	name: "a surge of 1,000, then 10 a second",
	uses: (length) =>
		[...bursts(1000, length).uses(length), ...steady(10).uses(length)].sort((a, b) => a.from - b.from),
};

export const PATTERNS: readonly Pattern[] = [
	steady(0.1),
	steady(1),
	steady(10),
	steady(1000),
	arrivals(0.5),
	arrivals(20),
	bursts(100, 2000),
	bursts(100, 30_000),
	surge,
];
