import { setImmediate, setTimeout } from "node:timers/promises";

/** Collects in the current job; throws where the collector is not exposed, so that no test passes without it. */
export function collectNow(): void {
	if (globalThis.gc === undefined) throw new Error("run these tests with node --expose-gc");
	globalThis.gc();
}

/** Lets finalization callbacks run: Node runs them in tasks of their own, after the event loop has turned. */
export async function turns(): Promise<void> {
	for (let i = 0; i < 3; i++) await setImmediate();
	await setTimeout(2);
	await setImmediate();
}

/** Forces one full collection in a job of its own and resolves once its callbacks have run. */
export async function majorGC(): Promise<void> {
	await setImmediate();
	collectNow();
	await turns();
}
