// Kills workers at random while all threads use one SharedPool, on every runtime, with the packed tarball installed: no slot
// may be lost, doubly held or hold stale bytes. `npm run kills -- deno chromium --kills 50 --seed 7` runs those whose name has
// one of the words. What is missing is skipped; in CI it counts as a failure.
//
// Without `--kills` the number differs, so that all of it takes minutes: a worker takes 50 ms to start on Node and Bun, and
// several times that elsewhere; and of Node's versions one is enough for the long run.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { PackedProject } from "../../scripts/lib/packed.mjs";
import { Report } from "../../scripts/lib/report.mjs";
import { bundleKills } from "./kills-bundle.mjs";
import { allRuntimes } from "./runtimes.mjs";
import { serve } from "./web-server.mjs";

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		kills: { type: "string" },
		seed: { type: "string", default: String(randomInt(2 ** 31)) },
	},
});
const { seed } = values;
const BROWSERS = 20;
/** @type {Readonly<Record<string, number>>} */
const KILLS = {
	"Node 20": 1000,
	"Node 22": 100,
	"Node 24": 100,
	"Node 26": 100,
	Bun: 1000,
	Deno: 20,
	Chromium: BROWSERS,
	Firefox: BROWSERS,
};
const words = positionals.map((word) => word.toLowerCase());

const report = new Report();
const harness = await bundleKills(new PackedProject(["ebbpool"]).directory);
const server = await serve(harness.web);
process.env.SEED = seed;

try {
	const url = `${server.url}?${new URLSearchParams({ kills: values.kills ?? String(BROWSERS), seed })}`;
	for (const runtime of allRuntimes({ script: harness.process, url })) {
		const { name } = runtime;
		if (words.length > 0 && !words.some((word) => name.toLowerCase().includes(word))) continue;
		const missing = runtime.missing();
		if (missing === undefined) await run(runtime);
		else if (process.env.CI) report.fail(name, missing);
		else report.skip(name, missing);
	}
} finally {
	server.close();
}
report.close();

/** @param {import("./runtimes.mjs").Runtime} runtime */
async function run(runtime) {
	const kills = values.kills ?? String(KILLS[runtime.name]);
	process.env.KILLS = kills;
	const what = `${runtime.name}: workers that are killed lose no slot, and nobody sees another's bytes`;
	try {
		// The harness of this scenario knows of no other job.
		const { result } = await runtime.run(/** @type {any} */ ("kills"), "main", false);
		const seen = /** @type {import("./harness/kills/protocol.ts").KillReport} */ (result);
		const told = Object.entries(seen).map(([figure, count]) => `${figure} ${count}`);
		report.check(`${what} (${told.join(", ")})`, problem(seen, Number(kills)));
	} catch (error) {
		report.fail(what, String(error));
	}
}

/**
 * @param {import("./harness/kills/protocol.ts").KillReport} seen
 * @param {number} kills
 */
function problem({ kills: done, failedWorkers, doublyHeld, staleBytes, changedBytes, lostSlots }, kills) {
	if (done !== kills) return `expected ${kills} kills, got ${done}`;
	const wrong = { failedWorkers, doublyHeld, staleBytes, changedBytes, lostSlots };
	const bad = Object.entries(wrong).filter(([, count]) => count !== 0);
	return bad.length === 0
		? undefined
		: bad.map(([figure, count]) => `${figure}: expected 0, got ${count}`).join("\n");
}
