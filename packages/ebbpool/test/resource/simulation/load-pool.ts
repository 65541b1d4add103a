import type { SimulatedPool } from "./history.ts";

/** The compiled package. */
export const DIST = new URL("../../../dist/", import.meta.url);

/** Loads the pool's inner class, which takes its time and chance from outside, from a folder like `dist`. */
export async function loadPool(folder: URL): Promise<SimulatedPool> {
	const { BoundedPool } = await import(new URL("resource/bounded-pool.js", folder).href);
	return class extends BoundedPool {
		on(event: string, listener: () => void): () => void {
			return this.news.add(event, listener, false);
		}
	} as unknown as SimulatedPool;
}
