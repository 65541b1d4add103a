import { simulate } from "./history.ts";
import { DIST, loadPool } from "./load-pool.ts";

/** Runs so many random histories. The first one's seed is of this run's own, unless `EBBPOOL_SEED` tells it. */
export async function runHistories(count: number): Promise<void> {
	const first = Number(process.env.EBBPOOL_SEED ?? Date.now() % 2 ** 31);
	const Pool = await loadPool(DIST);
	for (let seed = first; seed < first + count; seed++) {
		try {
			await simulate(Pool, seed);
		} catch (error) {
			throw new Error(`history ${seed} (EBBPOOL_SEED=${seed}): ${error}`, { cause: error });
		}
	}
}
