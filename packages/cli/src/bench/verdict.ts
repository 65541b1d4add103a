import type { Estimate, Tuning, Verdict, Way, WayFigures, WorkloadComparison } from "../report/model.ts";
import { bytes, rate, times } from "../report/units.ts";

/** Less than this is not worth the care that a remedy asks for. */
export const WORTHWHILE_RATIO = 1.05;

/** Where throughput does not decide, pauses may: they must be this long to matter, … */
export const LONG_PAUSE_MS_PER_SECOND = 10;
/** … fall to at most half, as must whatever is named as the reason, … */
export const FALLEN_SHARE = 0.5;
/** … and cost no more throughput than this. */
export const TOLERABLE_RATIO = 0.95;

export type Judged = Omit<WorkloadComparison, "verdict" | "name" | "summary" | "warmUpMs">;

/**
 * Names the cheapest remedy that helps: settings first, then memory reused by hand, then a pool. Every rule must hold for the
 * whole interval of a ratio, so that noise makes a verdict milder and never bolder.
 */
export function judge(compared: Judged, tuning: Tuning): Verdict {
	const { overFresh, pooledOver, ratio } = compared;
	const tuned = overFresh.tuned;
	const settings = Object.keys(tuning.environment).length > 0 ? "malloc" : "V8";
	const byHand = judgeByHand(compared);
	if (byHand !== undefined) return byHand;

	const over = tuned === undefined ? "" : ` over tuned ${settings}`;
	const tuningHelps = tuned !== undefined && tuned.low >= WORTHWHILE_RATIO;
	const added = pooledOver.tuned ?? ratio;
	const poolHelps = added.low >= WORTHWHILE_RATIO && ratio.low >= WORTHWHILE_RATIO;
	if (tuningHelps && !(poolHelps && added.median > tuned.median)) {
		return {
			advice: "tune",
			text: `tune ${settings} first: ${times(tuned.median)}; ${whatAPoolAdds(added)}`,
		};
	}
	if (poolHelps) {
		return { advice: "pool", text: `pool it: ${times(added.median)}${over}${reason(compared)}` };
	}
	return judgeByPauses(compared, settings) ?? judgeNoGain(added, over);
}

function whatAPoolAdds(added: Estimate): string {
	if (added.high < WORTHWHILE_RATIO) return `a pool adds nothing (${times(added.median)})`;
	return `a pool adds ${times(added.median)}`;
}

/** Where one buffer in a variable does as much as a pool, that is cheaper. */
function judgeByHand({ overFresh, pooledOver }: Judged): Verdict | undefined {
	const [byHand, pooled] = [overFresh.byHand, pooledOver.byHand];
	if (byHand === undefined || pooled === undefined) return undefined;
	const settings = Math.max(overFresh.tuned?.median ?? 1, 1);
	if (byHand.low < WORTHWHILE_RATIO * settings || pooled.low >= WORTHWHILE_RATIO) return undefined;
	// Settings are cheaper still, if they do at least as much as the hand adds to them.
	if (settings >= byHand.median / settings) return undefined;
	const over = overFresh.tuned === undefined ? "" : ` (settings alone ${times(overFresh.tuned.median)})`;
	return {
		advice: "by hand",
		text: `reuse it by hand: ${times(byHand.median)}${over}; ${whatAPoolAdds(pooled)}`,
	};
}

function judgeByPauses(compared: Judged, settings: string): Verdict | undefined {
	const { tuned, pooled } = compared;
	const tunedEstimate = compared.overFresh.tuned;
	if (
		tuned &&
		tunedEstimate &&
		tunedEstimate.low >= TOLERABLE_RATIO &&
		pausesFall(compared, "fresh", "tuned")
	) {
		const text = `tune ${settings} for the pauses: ${times(tunedEstimate.median)}, ${pauses(compared.fresh, tuned)}`;
		return { advice: "tune for pauses", text };
	}
	const base = tuned ? "tuned" : "fresh";
	const added = compared.pooledOver[base] ?? compared.ratio;
	if (added.low >= TOLERABLE_RATIO && pausesFall(compared, base, "pooled")) {
		const text = `pool it for the pauses: ${times(added.median)}, ${pauses(tuned ?? compared.fresh, pooled)}`;
		return { advice: "pool for pauses", text };
	}
	return undefined;
}

function judgeNoGain({ median, low, high }: Estimate, over: string): Verdict {
	if (high < WORTHWHILE_RATIO) return { advice: "don't", text: `don't: ${times(median)}${over}` };
	return {
		advice: "too close to call",
		text: `too close to call: ${times(median)}${over} (${times(low)} to ${times(high)})`,
	};
}

/** The first of these that fell is what made the difference, as far as can be seen from outside. */
const REASONS: readonly {
	what: string;
	figure: (figures: WayFigures) => number | undefined;
	format: (value: number) => string;
}[] = [
	{
		what: "collections per second",
		figure: ({ collections }) => collections && collections.minorPerSecond + collections.majorPerSecond,
		format: rate,
	},
	{
		what: "off-heap per op",
		figure: ({ allocatedPerOperation }) => allocatedPerOperation?.offHeap,
		format: bytes,
	},
	{
		what: "heap per op",
		figure: ({ allocatedPerOperation }) => allocatedPerOperation?.heap,
		format: bytes,
	},
];

function reason({ fresh, tuned = fresh, pooled }: Judged): string {
	for (const { what, figure, format } of REASONS) {
		const [before, after] = [figure(tuned), figure(pooled)];
		if (before === undefined || after === undefined) continue;
		if (before > 0 && after <= before * FALLEN_SHARE) return `, ${what} ${format(before)} → ${format(after)}`;
	}
	return "";
}

/** In each sitting, from long enough to matter to at most half. */
function pausesFall({ sittings }: Judged, from: Way, to: Way): boolean {
	return sittings.every(({ samples }) => {
		const before = samples[from]?.collections?.pauseMsPerSecond ?? 0;
		const after = samples[to]?.collections?.pauseMsPerSecond ?? before;
		return before >= LONG_PAUSE_MS_PER_SECOND && after <= FALLEN_SHARE * before;
	});
}

function pauses(before: WayFigures, after: WayFigures): string {
	const [from, to] = [before, after].map(({ collections }) => rate(collections?.pauseMsPerSecond ?? 0));
	return `${from} → ${to} ms/s`;
}
