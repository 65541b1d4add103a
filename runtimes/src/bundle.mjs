import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const harness = (/** @type {string} */ file) => fileURLToPath(new URL(`harness/${file}`, import.meta.url));

/**
 * Bundles the contract tests and the harness into a project that has the package installed. In `process.js` the package
 * stays an import, which the runtime resolves with its own export conditions; for browsers it is bundled from there with
 * theirs.
 *
 * @param {string} directory
 * @returns {Promise<{ process: string, web: string }>} the program for processes, and the folder to serve to browsers
 */
export async function bundle(directory) {
	const web = join(directory, "web");
	const common = /** @type {const} */ ({ bundle: true, format: "esm", target: "es2022", charset: "utf8" });
	await build({
		...common,
		entryPoints: [harness("process.ts"), harness("page.ts"), harness("worker.ts")],
		outdir: directory,
		external: ["ebbpool", "node:*"],
	});
	await build({
		...common,
		platform: "browser",
		entryPoints: [join(directory, "page.js"), join(directory, "worker.js")],
		outdir: web,
	});
	return { process: join(directory, "process.js"), web };
}
