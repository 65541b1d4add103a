/** Nanoseconds that `work` takes. */
export function elapsed(work: () => unknown): number {
	const start = performance.now();
	work();
	return (performance.now() - start) * 1e6;
}
