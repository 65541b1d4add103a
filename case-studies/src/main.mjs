/**
 * Measures case studies: `node src/main.mjs [NAME…] [--node PATH]… [--rounds N] [--json FILE]`. Without `--node`, the Node that runs this.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installEdited, installFresh } from "./install.mjs";
import { compare, ratio, TUNED } from "./measure.mjs";

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		node: { type: "string", multiple: true },
		rounds: { type: "string", default: "5" },
		json: { type: "string" },
	},
});
const studies = fileURLToPath(new URL("../studies", import.meta.url));
const names = positionals.length > 0 ? positionals : readdirSync(studies).sort();
const nodes = values.node ?? [process.execPath];
const results = [];

for (const name of names) {
	const study = await import(`../studies/${name}/study.mjs`);
	const fresh = installFresh(name, study);
	/** @type {Record<string, { folder: string, environment: Record<string, string> }>} */
	const ways = { fresh: { folder: fresh, environment: {} }, tuned: { folder: fresh, environment: TUNED } };
	if (study.edits !== undefined) {
		for (const way of /** @type {const} */ (["byHand", "pooled"])) {
			ways[way] = { folder: installEdited(name, study, way), environment: {} };
		}
	}
	for (const node of nodes) {
		const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
		const cpu = compare(node, name, ways, Number(values.rounds));
		const times = (/** @type {string} */ over, /** @type {string} */ under) =>
			cpu[over] && cpu[under] ? ratio(cpu[over], cpu[under]) : undefined;
		const result = {
			name,
			node: version,
			cpuMs: cpu,
			tuned: times("fresh", "tuned"),
			byHand: times("fresh", "byHand"),
			pooled: times("fresh", "pooled"),
			pooledOverTuned: times("tuned", "pooled"),
		};
		results.push(result);
		const show = (/** @type {ReturnType<typeof ratio> | undefined} */ one) =>
			one === undefined ? "-" : `${one.median.toFixed(2)} (${one.low.toFixed(2)} to ${one.high.toFixed(2)})`;
		process.stdout.write(
			`${name} ${version}: fresh / tuned ${show(result.tuned)}, / by hand ${show(result.byHand)}, / pooled ${show(result.pooled)}; tuned / pooled ${show(result.pooledOverTuned)}\n`,
		);
	}
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, "\t")}\n`);
