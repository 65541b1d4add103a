import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const harness = (/** @type {string} */ file) =>
	fileURLToPath(new URL(`harness/kills/${file}`, import.meta.url));

/**
 * Bundles the kill scenario into a project that has the package installed, as `bundle` does for the contract tests.
 *
 * @param {string} directory
 * @returns {Promise<{ process: string, web: string }>} the program for processes, and the folder to serve to browsers
 */
export async function bundleKills(directory) {
	const folder = join(directory, "kills");
	const web = join(folder, "web");
	const common = /** @type {const} */ ({ bundle: true, format: "esm", target: "es2022", charset: "utf8" });
	await build({
		...common,
		entryPoints: ["process.ts", "page.ts", "victim-web.ts"].map(harness),
		outdir: folder,
		external: ["ebbpool", "node:*"],
	});
	await build({
		...common,
		platform: "browser",
		entryPoints: [join(folder, "page.js"), join(folder, "victim-web.js")],
		outdir: web,
	});
	return { process: join(folder, "process.js"), web };
}
