/**
 * Asks `ebbpool advise` about the loads of case studies: `node src/ask-advisor.mjs [NAME[/LOAD]…] [--node PATH] [--json FILE]`. Prints its first
 * sites, and what it estimates that pooling the sites of the study would gain.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installFresh } from "./install.mjs";

const STUDIES = fileURLToPath(new URL("../studies", import.meta.url));
const CLI = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));
const RUN_LOAD = fileURLToPath(new URL("./run-load.mjs", import.meta.url));
const SHOWN = 3;
/** A load is asked about for longer than it is measured, so that the start of the program, which nobody measures, is a small part. */
const LONGER = 4;
/** As in the advisor: no estimate leaves nothing to do. */
const MOST_SAVED = 0.8;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { node: { type: "string", default: process.execPath }, json: { type: "string" } },
});
const asked = positionals.length > 0 ? positionals : readdirSync(STUDIES).sort();
const scratch = mkdtempSync(join(tmpdir(), "ebbpool-ask-"));
const results = [];

for (const [name = "", only] of asked.map((one) => one.split("/"))) {
	/** @type {import("./study.d.ts").Study} */
	const study = await import(`../studies/${name}/study.mjs`);
	const folder = installFresh(name, study);
	const loads = readdirSync(join(STUDIES, name, "loads")).map((file) => file.replace(".mjs", ""));
	for (const load of only === undefined ? loads : [only]) {
		const file = join(STUDIES, name, "loads", `${load}.mjs`);
		const { operations } = await import(file);
		const result = { name, load, ...judge(study, ask(file, folder, operations * LONGER)) };
		results.push(result);
		const { says, estimate, rank, first } = result;
		process.stdout.write(
			`${name}/${load}: ${says}; the study's sites: first at ${rank ?? "-"}, estimated ${estimate.toFixed(2)}\n${first.map((line) => `    ${line}\n`).join("")}`,
		);
		if (values.json !== undefined)
			writeFileSync(values.json, `${JSON.stringify(results, undefined, "\t")}\n`);
	}
}
rmSync(scratch, { recursive: true });

/**
 * @param {string} load
 * @param {string} folder
 * @param {number} operations
 * @returns {import("../../packages/cli/dist/report/model.js").AdviseReport}
 */
function ask(load, folder, operations) {
	const json = join(scratch, "advice.json");
	const node = /** @type {string} */ (values.node);
	execFileSync(
		node,
		[CLI, "advise", "--json", json, "--", node, RUN_LOAD, load, folder, String(operations)],
		{
			stdio: "ignore",
			timeout: 300_000,
		},
	);
	return JSON.parse(readFileSync(json, "utf8"));
}

/**
 * @param {import("./study.d.ts").Study} study
 * @param {import("../../packages/cli/dist/report/model.js").AdviseReport} report
 */
function judge({ pools = [] }, { sites }) {
	const worth = sites.filter(({ verdict }) => verdict.remedy !== "nothing");
	const pooled = sites.filter(
		({ functionName = "", memory, what }) =>
			memory === "off-heap" && (pools.includes(functionName) || pools.includes(what)),
	);
	const saved = pooled.reduce((sum, { verdict: { estimate = 1 } }) => sum + 1 - 1 / estimate, 0);
	const rank = sites.findIndex((site) => pooled.includes(site)) + 1;
	return {
		says: worth.length === 0 ? "don't" : `${worth.length} worth a change`,
		estimate: 1 / (1 - Math.min(MOST_SAVED, saved)),
		rank: rank === 0 ? undefined : rank,
		first: sites.slice(0, SHOWN).map(({ what, functionName, position, verdict, memory }) => {
			const { file = "", line = 0 } = position ?? {};
			const place = `${file.replace(/^.*node_modules\//u, "")}:${line}`;
			const estimate = verdict.estimate?.toFixed(2) ?? "-";
			return `${memory === "heap" ? "heap" : what} ${functionName ?? ""} ${place}: ${verdict.text} (${estimate})`;
		}),
	};
}
