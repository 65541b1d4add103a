import { test } from "node:test";
import { simulate } from "./simulation/history.ts";
import { DIST, loadPool } from "./simulation/load-pool.ts";

const long = process.env.EBBPOOL_LONG === "1";
const histories = long ? 100_000 : 1_000;
/** Of the first history; each run tries others unless told which. */
const first = Number(process.env.EBBPOOL_SEED ?? Date.now() % 2 ** 31);

test(`${histories} random histories of a pool break no rule`, async () => {
	const Pool = await loadPool(DIST);
	for (let seed = first; seed < first + histories; seed++) {
		try {
			await simulate(Pool, seed);
		} catch (error) {
			throw new Error(`history ${seed} (EBBPOOL_SEED=${seed}): ${error}`, { cause: error });
		}
	}
});
