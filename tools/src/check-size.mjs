// Bundles what an application would import, from the packed tarball, and holds it against its budget.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { PackedProject } from "../../scripts/lib/packed.mjs";
import { Report } from "../../scripts/lib/report.mjs";

/**
 * What each may take, in bytes. Node's part of the host (async contexts, memory under pressure, channels) is not in what
 * browsers load; `http` and `files` are Node's alone. Some 0.5 kB of each of the others lets fake timers drive what began before
 * they were installed. What stands `beside` it is in the application anyway, and not counted.
 *
 * @type {readonly { code: string, beside?: string, maxBytes: Partial<Record<"browser" | "node", number>> }[]}
 */
const BUDGETS = [
	{ code: 'export { Pool } from "ebbpool"', maxBytes: { browser: 6_080, node: 7_190 } },
	{ code: 'export * from "ebbpool/bytes"', maxBytes: { browser: 13_430, node: 14_520 } },
	{ code: 'export * from "ebbpool/resource"', maxBytes: { browser: 12_700, node: 13_840 } },
	{ code: 'export * from "ebbpool/shared"', maxBytes: { browser: 12_480, node: 12_860 } },
	{ code: 'export * from "ebbpool/http"', maxBytes: { node: 1_500 } },
	{
		code: 'export * from "ebbpool/files"',
		beside: 'export * from "ebbpool/bytes"',
		maxBytes: { node: 1_200 },
	},
];

const PLATFORMS = /** @type {const} */ (["browser", "node"]);

const project = new PackedProject(["ebbpool"]);
const report = new Report();

/** @type {{ dependencies?: object, peerDependencies?: object, optionalDependencies?: object }} */
const manifest = JSON.parse(
	readFileSync(join(project.directory, "node_modules", "ebbpool", "package.json"), "utf8"),
);
const { dependencies, peerDependencies, optionalDependencies } = manifest;
const names = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
report.check("ebbpool has no dependencies", names.length > 0 ? `it has ${names.join(", ")}` : undefined);

for (const { code, beside = "", maxBytes } of BUDGETS) {
	for (const platform of PLATFORMS) {
		const most = maxBytes[platform];
		if (most === undefined) continue;
		const size =
			(await sizeOf(`${code};${beside}`, platform)) - (beside ? await sizeOf(beside, platform) : 0);
		const what = `${code}${beside && ` beside ${beside}`}, ${platform}: ${size} of ${most} bytes, minified and gzipped`;
		report.check(what, size > most ? `${size - most} bytes too many` : undefined);
	}
}
report.close();

/**
 * @param {string} contents
 * @param {"browser" | "node"} platform
 */
async function sizeOf(contents, platform) {
	return gzipSync(await bundle(contents, platform)).length;
}

/**
 * @param {string} contents
 * @param {"browser" | "node"} platform
 */
async function bundle(contents, platform) {
	const { outputFiles } = await build({
		stdin: { contents, resolveDir: project.directory },
		bundle: true,
		minify: true,
		format: "esm",
		platform,
		write: false,
	});
	return /** @type {import("esbuild").OutputFile} */ (outputFiles[0]).contents;
}
