// Types: the whole workspace with its tests (among them those that must not compile), the JavaScript that checks it, and
// the published declarations as users compile them: without DOM types, with library checks, under two compilers.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PackedProject } from "../../scripts/lib/packed.mjs";
import { Report } from "../../scripts/lib/report.mjs";
import { root } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";

const newest = join(root, "node_modules", "typescript", "bin", "tsc");
const older = fileURLToPath(new URL("../node_modules/typescript-5/bin/tsc", import.meta.url));
const report = new Report();

/**
 * @param {string} what
 * @param {readonly string[]} args of node
 * @param {string} cwd
 */
function compile(what, args, cwd) {
	const { status, output } = run(process.execPath, args, cwd);
	report.check(what, status === 0 ? undefined : output || `ended with status ${status}`);
}

compile("the workspace", [newest, "--build"], root);
for (const folder of ["scripts", "tools"]) compile(folder, [newest, "--project", folder], root);

const project = new PackedProject(["ebbpool"]);
const { exports } = JSON.parse(
	readFileSync(join(project.directory, "node_modules", "ebbpool", "package.json"), "utf8"),
);
const entries = Object.keys(exports).filter((entry) => !entry.endsWith(".json"));
writeFileSync(
	join(project.directory, "user.ts"),
	entries.map((entry) => `import "${entry.replace(/^\./, "ebbpool")}";\n`).join(""),
);
const strict = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false"];
for (const [version, tsc] of [
	["TypeScript 7", newest],
	["TypeScript 5", older],
]) {
	for (const [name, resolution] of Object.entries({
		nodenext: ["--module", "nodenext"],
		bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
	})) {
		compile(
			`published declarations without DOM types: ${version}, ${name}`,
			[
				String(tsc),
				...strict,
				...resolution,
				"--target",
				"es2022",
				"--lib",
				"es2023,esnext.disposable",
				"user.ts",
			],
			project.directory,
		);
	}
}
report.close();
