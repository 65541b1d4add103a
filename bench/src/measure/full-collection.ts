/** Runs a full collection, now and without pause for the program; the process needs `--expose-gc`. */
export function fullCollection(): void {
	if (globalThis.gc === undefined) throw new Error("this process must be started with --expose-gc");
	globalThis.gc();
}
