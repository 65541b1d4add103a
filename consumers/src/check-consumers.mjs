// `npm run check:consumers`: uses the packed tarballs as people do, with the runtimes, compilers, test runners and bundlers
// that they have, in projects of its own (`consumers/projects`). `npm run check:consumers -- jest types` tries some of them.
import { delimiter, join } from "node:path";
import { PackedProject } from "../../scripts/lib/packed.mjs";
import { Report } from "../../scripts/lib/report.mjs";
import { bundlers } from "./bundlers.mjs";
import { compilers } from "./compilers.mjs";
import { next } from "./next.mjs";
import { nodes } from "./nodes.mjs";
import { page } from "./page.mjs";
import { testRunners } from "./test-runners.mjs";

/**
 * One kind of tool that people use the library with.
 *
 * @typedef {{
 *   name: string,
 *   check(report: Report, installed: string): void | Promise<void>,
 * }} Consumer `installed` is a folder of installed packages
 */

// npm puts the programs of this package first, among them one of its Nodes; what packs and installs is to run on the own one.
process.env.PATH = process.env.PATH?.split(delimiter)
	.filter((folder) => !folder.includes("node_modules"))
	.join(delimiter);

const words = process.argv.slice(2);
const consumers = [...nodes, ...compilers, ...testRunners, ...bundlers, page, next].filter(
	({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);

const report = new Report();
const PACKAGES = ["ebbpool", "@ebbpool/pg-pool", "@ebbpool/tarn", "@ebbpool/generic-pool"];
const installed = join(new PackedProject(PACKAGES).directory, "node_modules");
for (const { name, check } of consumers) {
	const started = performance.now();
	try {
		await check(report, installed);
	} catch (error) {
		report.fail(name, String(error));
	}
	console.log(`        (${name}: ${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
report.close();
