/** What a run of calls took, each on average. */
export interface PriceWindow {
	/** CPU nanoseconds of the process, the system's included, without the pauses of collections. */
	readonly cpuNs: number;
	readonly faults: number;
}

/**
 * What a call costs but for page faults, which are counted where they happen: in the program. The windows with the fewest faults say it
 * best. The middle one of those is taken: on a busy machine some come out many times too high, and those in which nothing
 * had to be freed too low.
 */
export function faultFreeNs(windows: readonly PriceWindow[], pageFaultNs: number): number {
	const fewest = windows.toSorted((a, b) => a.faults - b.faults).slice(0, Math.ceil(windows.length / 2));
	const costs = fewest.map(({ cpuNs, faults }) => Math.max(0, cpuNs - faults * pageFaultNs));
	return costs.sort((a, b) => a - b)[(costs.length - 1) >> 1] ?? 0;
}

export function meanFaults(windows: readonly PriceWindow[]): number {
	return windows.reduce((sum, { faults }) => sum + faults, 0) / Math.max(1, windows.length);
}
