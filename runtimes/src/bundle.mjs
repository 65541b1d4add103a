import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const harness = (/** @type {string} */ file) => fileURLToPath(new URL(`harness/${file}`, import.meta.url));

/**
 * The programs for processes, for workerd and for QuickJS, and the folder to serve to browsers.
 *
 * @typedef {{ process: string, workerd: string, quickjs: string, web: string }} Harness
 */

/**
 * Bundles the contract tests and the harness into a project that has the package installed. In `process.js` the package
 * stays an import, which the runtime resolves with its own export conditions; for the others it is bundled from there with
 * theirs.
 *
 * @param {string} directory
 * @returns {Promise<Harness>}
 */
export async function bundle(directory) {
	const web = join(directory, "web");
	const common = /** @type {const} */ ({ bundle: true, format: "esm", target: "es2022", charset: "utf8" });
	await build({
		...common,
		entryPoints: ["process", "page", "worker", "workerd", "quickjs"].map((name) => harness(`${name}.ts`)),
		outdir: directory,
		external: ["ebbpool", "node:*"],
	});
	await build({
		...common,
		platform: "browser",
		entryPoints: [join(directory, "page.js"), join(directory, "worker.js")],
		outdir: web,
	});
	const workerd = join(directory, "workerd", "worker.js");
	await build({
		...common,
		platform: "browser",
		conditions: ["workerd", "worker", "browser"],
		entryPoints: [join(directory, "workerd.js")],
		outfile: workerd,
	});
	const quickjs = join(directory, "quickjs", "program.js");
	await build({
		...common,
		format: "iife",
		platform: "neutral",
		banner: { js: "'use strict';" },
		inject: [harness("chai-needs.ts")],
		entryPoints: [join(directory, "quickjs.js")],
		outfile: quickjs,
	});
	return { process: join(directory, "process.js"), workerd, quickjs, web };
}
