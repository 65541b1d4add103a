import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import { executablePath } from "../invocation-path.ts";
import type { LoadReport } from "./load.ts";

// Records the rhythms of collections on several Nodes, for main.js to replay, and prints what a rare user of a pool finds there with the
// default least age: node record.js RHYTHMS.json --node PATH …

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		node: { type: "string", multiple: true, default: [process.execPath] },
		seconds: { type: "string", default: "30" },
	},
});
const load = fileURLToPath(new URL("load.js", import.meta.url));
const reports = values.node.flatMap((node) =>
	["churn", "objects", "few-objects"].map((kind) => {
		const output = execFileSync(executablePath(node), [load, kind, values.seconds], { encoding: "utf8" });
		return JSON.parse(output) as LoadReport;
	}),
);
const [file] = positionals;
if (file !== undefined) writeFileSync(file, `${JSON.stringify(reports, null, "\t")}\n`);
console.log(
	markdownTable(
		[
			["Node", "beside", "made a second", "major collections", "gets", "hits"],
			...reports.map(({ node, load, perSecond, ticks, gets, hitRate }) => [
				node,
				load,
				perSecond.toLocaleString("en"),
				String(ticks.length),
				String(gets),
				`${(100 * hitRate).toFixed(1)} %`,
			]),
		],
		{ align: ["l", "l", "r", "r", "r", "r"] },
	),
);
