/**
 * Runs a package's own tests on it as it was published, and with each change: `node src/own-tests.mjs NAME [CHECKOUT] [--way fresh|byHand|pooled]…`. Where the package does not
 * ship its tests, CHECKOUT is a copy of its repository at that version.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { installEdited, installFresh } from "./install.mjs";

/** Lines in which test runners sum up, or else so many of the last. */
const SUMMARY =
	/^(?:# (?:tests|pass|fail) |ℹ (?:tests|pass|fail) |\s*\d+ (?:passing|failing|pending)|Tests: |\s+Tests {2})/u;
const SHOWN = 12;

/** @typedef {"fresh" | import("./study.d.ts").ReuseWay} Way */
/** @type {readonly Way[]} */
const WAYS = ["fresh", "byHand", "pooled"];

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { way: { type: "string", multiple: true } },
});
const [name = "", checkout] = positionals;
const ways = WAYS.filter((way) => values.way?.includes(way) ?? true);
/** @type {import("./study.d.ts").Study} */
const study = await import(`../studies/${name}/study.mjs`);
if (study.tests === undefined) throw new Error(`the study of ${name} does not say how its tests are run`);
const { install, command, copy = [{ folder: "test" }], write = {} } = study.tests;

for (const way of ways) {
	const target = way === "fresh" ? installFresh(name, study) : installEdited(name, study, way);
	// Beside its dependencies: in `node_modules` some test runners find no tests.
	const folder = join(dirname(target), `tests-${way}`);
	rmSync(folder, { recursive: true, force: true });
	cpSync(join(target, "node_modules", study.name), folder, { recursive: true, verbatimSymlinks: true });
	for (const { folder: from, to = from, only } of checkout === undefined ? [] : copy) {
		cpSync(join(checkout, from), join(folder, to), {
			recursive: true,
			filter: (source) => only === undefined || statSync(source).isDirectory() || only.test(source),
		});
	}
	for (const [file, text] of Object.entries(write)) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text);
	}
	// Of these only what the tests need is installed.
	const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	manifest.devDependencies = {};
	writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
	const options = { cwd: folder, encoding: /** @type {const} */ ("utf8"), shell: true, timeout: 540_000 };
	const flags = "--no-audit --no-fund --ignore-scripts --no-package-lock --no-save --legacy-peer-deps";
	const installed = spawnSync(`npm install ${flags} ${install.join(" ")}`, options);
	if (installed.status !== 0) throw new Error(installed.stderr);
	mkdirSync(join(folder, "node_modules"), { recursive: true });
	// What the change edits in packages that it depends on.
	for (const edited of way === "fresh" ? [] : (study.edits?.(way) ?? [])) {
		if (edited.package === undefined) continue;
		const place = join("node_modules", edited.package);
		rmSync(join(folder, place), { recursive: true, force: true });
		cpSync(join(target, place), join(folder, place), { recursive: true, verbatimSymlinks: true });
	}
	rmSync(join(folder, "node_modules", "ebbpool"), { recursive: true, force: true });
	symlinkSync(
		new URL("../../packages/ebbpool", import.meta.url).pathname,
		join(folder, "node_modules", "ebbpool"),
	);
	const { status, stdout, stderr } = spawnSync(command, options);
	const lines = `${stdout}${stderr}`.trim().split("\n");
	const summary = lines.filter((line) => SUMMARY.test(line));
	const last = (summary.length > 0 ? summary : lines.slice(-SHOWN)).join("\n");
	process.stdout.write(`## ${study.name} ${study.version}, ${way}: status ${status}\n${last}\n\n`);
}
