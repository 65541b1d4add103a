import * as Plot from "@observablehq/plot";
import type { AllocationSite, Histogram, Lifetimes } from "../model.ts";
import { bytes } from "../units.ts";
import { chart } from "./chart.ts";
import type { Markup } from "./html.ts";

const LIFETIMES: readonly (readonly [key: keyof Lifetimes, title: string, colour: string])[] = [
	["withinTick", "within the tick", "var(--pooled)"],
	["beforeMinor", "before the next minor collection", "var(--by-hand)"],
	["beforeMajor", "before the next major collection", "var(--tuned)"],
	["retained", "retained", "var(--fresh)"],
];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** How long the bytes of a site live. */
export function lifetimesChart({ lifetimes }: AllocationSite): Markup | undefined {
	if (lifetimes === undefined) return undefined;
	const data = LIFETIMES.map(([key, title]) => ({ title, share: lifetimes[key] }));
	return chart({
		title: "Lifetimes, share of bytes",
		description: data.map(({ title, share }) => `${title}: ${percent(share)}`).join("; "),
		options: {
			height: 150,
			marginLeft: 120,
			marginRight: 40,
			x: { label: null, domain: [0, 1], ticks: 3, tickFormat: percent, grid: true },
			y: {
				label: null,
				domain: data.map(({ title }) => title),
				tickSize: 0,
				tickFormat: (t: string) => shortened(t),
			},
			color: { domain: LIFETIMES.map(([, title]) => title), range: LIFETIMES.map(([, , colour]) => colour) },
			marks: [
				Plot.barX(data, { x: "share", y: "title", fill: "title" }),
				Plot.text(data, {
					x: "share",
					y: "title",
					text: (datum: (typeof data)[number]) => percent(datum.share),
					textAnchor: "start",
					dx: 4,
				}),
			],
		},
	});
}

const shortened = (title: string): string => title.replace("the next ", "").replace(" collection", " GC");

/** How large the single allocations of a site are. */
export function sizesChart({ sizes }: AllocationSite): Markup | undefined {
	const data = classesOf(sizes);
	if (data.length === 0) return undefined;
	return chart({
		title: "Sizes, count of allocations",
		description: data.map(({ size, count }) => `${size}: ${count}`).join("; "),
		options: {
			height: 150,
			marginBottom: 44,
			x: {
				label: "bytes up to",
				domain: data.map(({ size }) => size),
				tickRotate: data.length > 5 ? -30 : 0,
			},
			y: { label: null, grid: true, ticks: 3 },
			marks: [
				Plot.barY(data, {
					x: "size",
					y: "count",
					fill: "var(--pooled)",
					title: (datum: (typeof data)[number]) => `up to ${datum.size}: ${datum.count}`,
				}),
				Plot.ruleY([0]),
			],
		},
	});
}

/** From the first class that has any to the last. */
function classesOf({ bounds, counts }: Histogram): { size: string; count: number }[] {
	const used = counts.flatMap((count, at) => (count > 0 ? [at] : []));
	const [first, last] = [used[0], used.at(-1)];
	if (first === undefined || last === undefined) return [];
	return counts.slice(first, last + 1).map((count, i) => {
		const bound = bounds[first + i];
		return { size: bound === undefined ? "more" : bytes(bound), count };
	});
}
