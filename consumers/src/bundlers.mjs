import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "./run-tool.mjs";
import { scratch, tool } from "./scratch.mjs";
import { WARNING } from "./warning.mjs";

/**
 * A bundler that builds the programs, one that imports and one that requires the library, for the web and for Node.
 *
 * @param {string} name
 * @param {readonly (readonly string[])[]} builds for each of its runs, the arguments of node
 * @returns {import("./check-consumers.mjs").Consumer}
 */
function bundler(name, builds) {
	return {
		name,
		check(report, installed) {
			const folder = scratch(installed, "node", "bundlers");
			const outputs = builds.map((args) => runTool(process.execPath, args, folder));
			const bad = outputs.filter(({ status, output }) => status !== 0 || WARNING.test(output));
			report.check(`${name} bundles without a warning`, bad.map(({ output }) => output).join("\n"));

			const bundles = filesBelow(join(folder, "dist", name));
			report.check(
				`${name} made a bundle of each program for the web and for Node`,
				bundles.length === 4 ? undefined : `expected 4 bundles, got ${bundles.join(" ")}`,
			);
			for (const bundle of bundles) {
				const { output } = runTool(process.execPath, [join("dist", name, bundle)], folder);
				report.check(`${name}: ${bundle} works`, output === "well\n" ? undefined : output);
			}
			const forWeb = bundles.filter((bundle) => bundle.startsWith("web"));
			const text = forWeb.map((bundle) => readFileSync(join(folder, "dist", name, bundle), "utf8")).join("");
			report.check(
				`${name}: the bundles for the web need no module of Node's`,
				/["'](node:|async_hooks|worker_threads)/.exec(text)?.[0],
			);
		},
	};
}

/** @param {string} folder */
function filesBelow(folder) {
	const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
	return files.filter((file) => /js$/.test(file));
}

export const bundlers = [
	bundler("webpack", [[tool("webpack-cli/bin/cli.js"), "--config", "webpack.config.cjs"]]),
	bundler("rollup", [
		[tool("rollup/dist/bin/rollup"), "--config", "rollup.config.mjs", "--failAfterWarnings"],
	]),
	bundler("esbuild", [["esbuild.config.mjs"]]),
	bundler("parcel", [
		[tool("parcel/lib/bin.js"), "build", "imported.mjs", "required.cjs", "--cache-dir", "cache"],
	]),
];
