/** Nanoseconds on the clock that `work` takes. */
export function elapsed(work: () => unknown): number {
	const start = performance.now();
	work();
	return (performance.now() - start) * 1e6;
}

/**
 * Nanoseconds of processor time that `work` takes in all threads of the process, the collector's included. Unlike the
 * clock's, they hardly change while other programs use the machine.
 */
export function processorTime(work: () => unknown): number {
	const start = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(start);
	return (user + system) * 1e3;
}
