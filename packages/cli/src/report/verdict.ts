import type { Sitting } from "../measure/compare.ts";
import type { Variant } from "../workloads/workload.ts";
import type { Ratio, Summary } from "./summary.ts";
import { bytes, rate, times } from "./units.ts";

/** What pooling is worth for a workload, and why in a few words. */
export interface Verdict {
	readonly advice: "pool" | "pool for pauses" | "too close to call" | "don't";
	readonly text: string;
}

/** Less than this is not worth the care that a pool asks for. */
export const WORTHWHILE_RATIO = 1.05;

/** Where throughput does not decide, pauses may: they must be this long to matter, … */
export const LONG_PAUSE_MS_PER_SECOND = 10;
/** … fall to at most half, as must whatever is named as the reason, … */
export const FALLEN_SHARE = 0.5;
/** … and cost no more throughput than this. */
export const TOLERABLE_RATIO = 0.95;

/** Every rule must hold for the whole interval of the ratio, so that noise makes a verdict milder and never bolder. */
export function judge(
	sittings: readonly Sitting[],
	{ fresh, pooled }: Readonly<Record<Variant, Summary>>,
	{ median, low, high }: Ratio,
): Verdict {
	const speed = times(median);
	if (low >= WORTHWHILE_RATIO) return { advice: "pool", text: `pool it: ${speed}${reason(fresh, pooled)}` };
	if (low >= TOLERABLE_RATIO && sittings.every(pausesFall)) {
		const [before, after] = [fresh, pooled].map(({ collections }) => rate(collections.pauseMsPerSecond));
		return { advice: "pool for pauses", text: `pool it for the pauses: ${speed}, ${before} → ${after} ms/s` };
	}
	if (high < WORTHWHILE_RATIO) return { advice: "don't", text: `don't: ${speed}` };
	return {
		advice: "too close to call",
		text: `too close to call: ${speed} (${times(low)} to ${times(high)})`,
	};
}

/** The first of these that fell is what made the difference, as far as can be seen from outside. */
const REASONS: readonly {
	what: string;
	figure: (summary: Summary) => number;
	format: (value: number) => string;
}[] = [
	{
		what: "collections per second",
		figure: ({ collections }) => collections.minorPerSecond + collections.majorPerSecond,
		format: rate,
	},
	{
		what: "off-heap per op",
		figure: ({ allocatedPerOperation }) => allocatedPerOperation.offHeap,
		format: bytes,
	},
	{ what: "heap per op", figure: ({ allocatedPerOperation }) => allocatedPerOperation.heap, format: bytes },
];

function reason(fresh: Summary, pooled: Summary): string {
	const found = REASONS.find(
		({ figure }) => figure(pooled) <= figure(fresh) * FALLEN_SHARE && figure(fresh) > 0,
	);
	return found
		? `, ${found.what} ${found.format(found.figure(fresh))} → ${found.format(found.figure(pooled))}`
		: "";
}

function pausesFall({ samples: { fresh, pooled } }: Sitting): boolean {
	const [before, after] = [fresh.collections.pauseMsPerSecond, pooled.collections.pauseMsPerSecond];
	return before >= LONG_PAUSE_MS_PER_SECOND && after <= FALLEN_SHARE * before;
}
