import { build } from "esbuild";

for (const platform of /** @type {const} */ (["browser", "node"])) {
	await build({
		entryPoints: { imported: "imported.mjs", required: "required.cjs" },
		bundle: true,
		platform,
		target: "es2022",
		format: platform === "node" ? "cjs" : "esm",
		outdir: "dist/esbuild",
		entryNames: `${platform === "browser" ? "web" : platform}-[name]`,
		outExtension: { ".js": platform === "node" ? ".cjs" : ".mjs" },
		logLevel: "info",
	});
}
