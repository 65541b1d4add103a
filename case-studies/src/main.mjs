/**
 * Measures case studies: `node src/main.mjs [NAME[/LOAD]…] [--node PATH]… [--rounds N] [--without-flags] [--json FILE]`. Without `--node`, the Node that
 * runs this; without the flags, malloc alone is tuned.
 * The file is written anew after each load, so that what was measured stays if the rest is not.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installEdited, installFresh } from "./install.mjs";
import { compare, ratio, settings } from "./measure.mjs";

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		node: { type: "string", multiple: true },
		rounds: { type: "string", default: "7" },
		"without-flags": { type: "boolean", default: false },
		json: { type: "string" },
	},
});
const studies = fileURLToPath(new URL("../studies", import.meta.url));
const asked = positionals.length > 0 ? positionals : readdirSync(studies).sort();
const nodes = values.node ?? [process.execPath];
const results = [];

for (const [name = "", only] of asked.map((one) => one.split("/"))) {
	/** @type {import("./study.d.ts").Study} */
	const study = await import(`../studies/${name}/study.mjs`);
	const folders = foldersOf(name, study);
	const loads = readdirSync(`${studies}/${name}/loads`).map((file) => file.replace(".mjs", ""));
	for (const load of only === undefined ? loads : [only]) {
		for (const node of nodes) {
			results.push(measure({ name, load, node, folders }));
			if (values.json !== undefined)
				writeFileSync(values.json, `${JSON.stringify(results, undefined, "\t")}\n`);
		}
	}
}

/**
 * Where the package is as it was published, and where its edited copies are.
 * @param {string} name
 * @param {import("./study.d.ts").Study} study
 */
function foldersOf(name, study) {
	const fresh = installFresh(name, study);
	if (study.edits === undefined) return { fresh };
	return {
		fresh,
		byHand: installEdited(name, study, "byHand"),
		pooled: installEdited(name, study, "pooled"),
	};
}

/** @param {{ name: string, load: string, node: string, folders: { fresh: string, byHand?: string, pooled?: string } }} what */
function measure({ name, load, node, folders: { fresh, byHand, pooled } }) {
	const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
	const { environment, flags } = settings(version);
	/** @type {Record<string, import("./measure.mjs").Way>} */
	const ways = {
		fresh: { folder: fresh },
		tuned: { folder: fresh, environment },
		...(!values["without-flags"] && { tunedWithFlags: { folder: fresh, environment, flags } }),
		...(byHand && { byHand: { folder: byHand } }),
		...(pooled && { pooled: { folder: pooled } }),
	};
	const began = loadavg()[0];
	const cpuMs = compare(node, `${name}/loads/${load}.mjs`, ways, Number(values.rounds));
	const times = (/** @type {string} */ over, /** @type {string} */ under) =>
		cpuMs[over] && cpuMs[under] ? ratio(cpuMs[over], cpuMs[under]) : undefined;
	const result = {
		...{
			name,
			load,
			node: version,
			rounds: Number(values.rounds),
			loadAverage: [began, loadavg()[0]],
			cpuMs,
		},
		tuned: times("fresh", "tuned"),
		tunedWithFlags: times("fresh", "tunedWithFlags"),
		byHand: times("fresh", "byHand"),
		pooled: times("fresh", "pooled"),
		pooledOverTuned: times("tuned", "pooled"),
		pooledOverFlags: times("tunedWithFlags", "pooled"),
	};
	const show = (/** @type {ReturnType<typeof ratio> | undefined} */ one) =>
		one === undefined ? "-" : `${one.median.toFixed(2)} [${one.low.toFixed(2)}, ${one.high.toFixed(2)}]`;
	process.stdout.write(
		`${name}/${load} ${version}: fresh / tuned ${show(result.tuned)}, / with flags ${show(result.tunedWithFlags)}, / by hand ${show(result.byHand)}, / pooled ${show(result.pooled)}; tuned / pooled ${show(result.pooledOverTuned)}\n`,
	);
	return result;
}
