/**
 * `ebbpool bench` on several Nodes: writes what each measured to `bench/results/node-N.json`, and a table of all of them to
 * `bench/results/table.md`, from where it goes between the marks in the README.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { executablePath, invocationPath } from "../invocation-path.ts";
import { betweenMarks } from "./between-marks.ts";
import { matrixTable } from "./matrix-table.ts";
import { measureOn } from "./measure-on.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		node: { type: "string", multiple: true, default: [process.execPath] },
		seconds: { type: "string" },
		live: { type: "string" },
		concurrency: { type: "string" },
		results: { type: "string" },
		readme: { type: "string" },
	},
});
const results =
	values.results === undefined ? join(ROOT, "bench", "results") : invocationPath(values.results);
const readme = values.readme === undefined ? join(ROOT, "README.md") : invocationPath(values.readme);

mkdirSync(results, { recursive: true });
const given = (["seconds", "live", "concurrency"] as const).flatMap((name) => {
	const value = values[name];
	return value === undefined ? [] : [`--${name}`, value];
});
const reports = [];
for (const node of values.node) {
	reports.push(await measureOn(executablePath(node), [...positionals, ...given], results));
}
const table = matrixTable(reports);
writeFileSync(join(results, "table.md"), table);
console.log(`\n${table}`);

const text = existsSync(readme) ? readFileSync(readme, "utf8") : "";
const quoted = betweenMarks(text, table);
if (quoted === undefined) console.log(`${readme} has no marks to put the table between`);
else writeFileSync(readme, quoted);
