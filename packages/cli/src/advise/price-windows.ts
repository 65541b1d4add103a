/** What a run of calls took, each on average. */
export interface PriceWindow {
	readonly calls: number;
	/** CPU nanoseconds of the thread, or of the process where that is all that is told; without the pauses of collections, … */
	readonly cpuNs: number;
	/** … which are these. */
	readonly pauseNs: number;
	/** Of the other threads of the process. */
	readonly helperNs: number | undefined;
	readonly faults: number;
}

/**
 * What a call costs but for page faults, which are counted where they happen: in the program. The windows with the fewest faults say it
 * best. The middle one of those is taken: on a busy machine some come out many times too high, and those in which nothing
 * had to be freed too low.
 */
export function faultFreeNs(windows: readonly PriceWindow[], pageFaultNs: number): number {
	const costs = calmest(windows).map(({ cpuNs, faults }) => Math.max(0, cpuNs - faults * pageFaultNs));
	return costs.sort((a, b) => a - b)[(costs.length - 1) >> 1] ?? 0;
}

/** Those with the fewest page faults: in the others the process mostly waited for memory. */
export function calmest(windows: readonly PriceWindow[]): readonly PriceWindow[] {
	return windows.toSorted((a, b) => a.faults - b.faults).slice(0, Math.ceil(windows.length / 2));
}

/** Over all of them: what is freed in one may have been allocated in another. */
export function meanOf(
	windows: readonly PriceWindow[],
	figure: (window: PriceWindow) => number | undefined,
): number | undefined {
	let sum = 0;
	let calls = 0;
	for (const window of windows) {
		const value = figure(window);
		if (value === undefined) return undefined;
		sum += value * window.calls;
		calls += window.calls;
	}
	return calls === 0 ? undefined : sum / calls;
}
