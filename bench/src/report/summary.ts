import { median } from "simple-statistics";
import type { Figure, Sample } from "../measure/sample.ts";
import type { Measurement } from "../run/run-scenario.ts";

/** A measurement over all its rounds. */
export interface Summary {
	readonly variant: string;
	readonly median: Sample;
	readonly fastest: number;
	readonly slowest: number;
}

const FIGURES: readonly Figure[] = [
	"time",
	"p99",
	"heapBytes",
	"offHeapBytes",
	"minor",
	"major",
	"made",
	"leftBytes",
	"residentBytes",
	"leftListeners",
];

export function summarize({ variant, samples }: Measurement): Summary {
	const figures = FIGURES.flatMap((figure) => {
		const values = samples.flatMap((sample) => sample[figure] ?? []);
		return values.length === 0 ? [] : [[figure, median(values)]];
	});
	const times = samples.map(({ time }) => time);
	return {
		variant,
		median: Object.fromEntries(figures) as Sample,
		fastest: Math.min(...times),
		slowest: Math.max(...times),
	};
}
