const UNITS = [
	["ns", 1],
	["µs", 1e3],
	["ms", 1e6],
	["s", 1e9],
] as const;

export const ABSENT = "–";

export function formatTime(nanoseconds: number | undefined): string {
	if (nanoseconds === undefined) return ABSENT;
	const [unit, size] = UNITS.findLast(([, size]) => nanoseconds >= size) ?? UNITS[0];
	return `${formatNumber(nanoseconds / size)} ${unit}`;
}

/** Three significant digits, but never a digit less than the whole number has. */
export function formatNumber(value: number | undefined): string {
	if (value === undefined) return ABSENT;
	if (Math.abs(value) < 0.05) return "0";
	return Math.abs(value) >= 100 ? Math.round(value).toString() : value.toPrecision(3);
}

export function formatRatio(value: number | undefined, baseline: number | undefined): string {
	if (value === undefined || baseline === undefined) return ABSENT;
	const ratio = value / baseline;
	return `${ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(2)} ×`;
}
