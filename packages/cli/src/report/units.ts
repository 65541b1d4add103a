/** Three significant figures, and no more than are there. */
function figures(value: number): string {
	if (value >= 100) return Math.round(value).toString();
	if (value >= 10) return trimmed(value.toFixed(1));
	return trimmed(value.toFixed(2));
}

function trimmed(decimal: string): string {
	return decimal.replace(/\.?0+$/u, "");
}

type Scale = readonly (readonly [least: number, unit: string])[];

function scaled(value: number, scale: Scale): string {
	const [divisor, unit] = scale.find(([least]) => value >= least * 0.9995) ?? (scale.at(-1) as Scale[number]);
	return `${figures(value / divisor)}${unit}`;
}

const COUNT: Scale = [
	[1e6, "M"],
	[1e3, "k"],
	[1, ""],
];
const NANOSECONDS: Scale = [
	[1e9, " s"],
	[1e6, " ms"],
	[1e3, " µs"],
	[1, " ns"],
];
const BYTES: Scale = [
	[1e9, " GB"],
	[1e6, " MB"],
	[1e3, " kB"],
	[1, " B"],
];

/** 75523 → "75.5k" */
export const count = (value: number): string => scaled(value, COUNT);

/** 632000 → "632 µs" */
export const duration = (nanoseconds: number): string => scaled(nanoseconds, NANOSECONDS);

/** 3686400 → "3.69 MB"; less than a whole byte, as an average may be, is none. */
export const bytes = (value: number): string => scaled(Math.max(0, Math.round(value)), BYTES);

/** A number per second: 18.27 → "18", 1.66 → "1.7", 0.04 → "0" */
export function rate(value: number): string {
	return value >= 9.95 ? Math.round(value).toString() : trimmed(value.toFixed(1));
}

/** 1.684 → "1.68×" */
export const times = (ratio: number): string => `${ratio.toFixed(ratio >= 9.995 ? 1 : 2)}×`;
