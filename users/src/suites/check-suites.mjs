// Runs the projects' own test suites on the packed stand-ins, and on the originals beside. npm packages bring no tests
// along, so they come from checkouts: `npm run check:suites -- FOLDER…`, each the root of a clone of brianc/node-postgres,
// Vincit/tarn.js, coopernurse/node-pool or knex/knex. `--tries N` gives tests that measure time more than one try.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isInstalled } from "../../../scripts/lib/installed.mjs";
import { mustRun } from "../../../scripts/lib/run.mjs";
import { formatTally } from "../../../scripts/lib/tally.mjs";
import { pack } from "../packed.mjs";
import { KNOWN } from "./known.mjs";
import { prepare } from "./prepare.mjs";
import { SUITES } from "./suites.mjs";

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { tries: { type: "string", default: "3" }, only: { type: "string" }, keep: { type: "boolean" } },
});
const checkouts = positionals.map((folder) => resolve(process.env["INIT_CWD"] ?? ".", folder));
const chosen = SUITES.flatMap((suite) => {
	const checkout = checkouts.find((folder) => existsSync(join(folder, suite.tests)));
	const wanted = values.only === undefined || suite.name.includes(values.only);
	return checkout !== undefined && wanted ? [{ ...suite, checkout }] : [];
});
if (chosen.length === 0) {
	console.error("expected the folders of clones of node-postgres, tarn.js, node-pool or knex");
	process.exit(1);
}

const home = fileURLToPath(new URL("../../suites/", import.meta.url));
const users = fileURLToPath(new URL("../../", import.meta.url));
pack();
for (const folder of [users, home]) if (!isInstalled(folder)) mustRun("npm", ["ci"], folder);
const { startPostgres } = await import("../postgres.mjs");
const server = await startPostgres();
const scratch = mkdtempSync(join(tmpdir(), "ebbpool-suites-"));
let [passed, failed, skipped] = [0, 0, 0];
try {
	const original = prepare(join(scratch, "original"), home, undefined);
	const standIn = prepare(join(scratch, "stand-in"), home, join(users, ".packed"));
	for (const suite of chosen) {
		if (suite.database && server === undefined) {
			console.log(`${suite.name}: skipped, as PostgreSQL is not installed`);
			skipped++;
			continue;
		}
		const run = (/** @type {string} */ folder) =>
			suite.run({
				folder: suite.place(folder, suite.checkout),
				modules: join(folder, "node_modules"),
				url: server?.url ?? "",
				tries: Number(values.tries),
			});
		const before = await run(original);
		const after = await run(standIn);
		const counted = (/** @type {Map<string, string | undefined>} */ results) =>
			`${[...results.values()].filter((failure) => failure === undefined).length} of ${results.size}`;
		console.log(
			`${suite.name}: ${counted(before)} pass with the original, ${counted(after)} with the stand-in`,
		);
		for (const [title, failure] of before) {
			if (failure !== undefined) console.log(`    with the original fails: ${title}: ${failure}`);
		}
		for (const title of new Set([...before.keys(), ...after.keys()])) {
			const failure = after.has(title) ? after.get(title) : "did not run";
			if (failure === undefined) {
				passed++;
				continue;
			}
			const reason = KNOWN[suite.name]?.[title] ?? (before.get(title) && "the original fails it as well");
			if (reason === undefined) failed++;
			else skipped++;
			console.log(`    ${reason === undefined ? "FAILS" : `known (${reason})`}: ${title}: ${failure}`);
		}
	}
} finally {
	await server?.end();
	if (values.keep) console.log(scratch);
	else rmSync(scratch, { recursive: true, force: true });
}
console.log(formatTally({ passed, failed, skipped }));
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
