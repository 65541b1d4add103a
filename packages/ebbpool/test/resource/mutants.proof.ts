import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { assert } from "chai";
import { type SimulatedPool, simulate } from "./simulation/history.ts";
import { DIST, loadPool } from "./simulation/load-pool.ts";
import { type Mutant, mutants } from "./simulation/mutants.ts";

/** Inside the package, so that its import map holds for the copies too. */
const COPIES = new URL("../mutants/", import.meta.url);
const MOST_HISTORIES = 2_000;

/** Copies the compiled package with the bug built in, and loads its pool. */
async function load({ file, find, replace }: Mutant, folder: URL): Promise<SimulatedPool> {
	cpSync(DIST, folder, { recursive: true });
	const path = new URL(`resource/${file}`, folder);
	const parts = readFileSync(path, "utf8").split(find);
	assert.lengthOf(parts, 2, `the code to change occurs once in ${file}: ${find}`);
	writeFileSync(path, parts.join(replace));
	return loadPool(folder);
}

for (const [i, mutant] of mutants.entries()) {
	test(`the simulation finds that ${mutant.bug}`, async (t) => {
		const folder = new URL(`${process.pid}-${i}/`, COPIES);
		mkdirSync(folder, { recursive: true });
		try {
			const Pool = await load(mutant, folder);
			for (let seed = 1; seed <= MOST_HISTORIES; seed++) {
				try {
					await simulate(Pool, seed);
				} catch (error) {
					t.diagnostic(`history ${seed}: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
					return;
				}
			}
			assert.fail(`not found in ${MOST_HISTORIES} histories`);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
}
