/**
 * Puts pools of Ebbpool in the place of the hand-made pools of packages, runs their own tests, and programs of ours, by `ebbpool check`, and prints
 * what was found: `node src/check-misuse.mjs [NAME…] [--json FILE]`.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installEdited } from "./install.mjs";

const STUDIES = fileURLToPath(new URL("../misuse", import.meta.url));
const CLI = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));
/** Lines of a failed command that are shown. */
const SHOWN = 30;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } });
const names = positionals.length > 0 ? positionals : readdirSync(STUDIES).sort();
const scratch = mkdtempSync(join(tmpdir(), "ebbpool-misuse-"));

/**
 * A copy of the edited package beside its dependencies: in `node_modules` some test runners find no tests.
 * @param {string} study
 * @param {import("./misuse.d.ts").Misuse} misuse
 */
function copyOf(study, { name, version, alongside, edits }) {
	const target = installEdited(`misuse-${study}`, { name, version, alongside, edits }, "pooled");
	const folder = join(target, "package");
	cpSync(join(target, "node_modules", name), folder, { recursive: true, verbatimSymlinks: true });
	return folder;
}

/**
 * @param {readonly string[]} command
 * @param {string} folder
 */
function check([program = "", ...args], folder) {
	const json = join(scratch, "found.json");
	const node = program === "node" ? process.execPath : program;
	const { stdout, stderr, status } = spawnSync(
		process.execPath,
		[CLI, "check", "--json", json, "--", node, ...args],
		{ cwd: folder, encoding: "utf8", timeout: 300_000, maxBuffer: 2 ** 28 },
	);
	try {
		/** @type {import("../../packages/cli/dist/report/model.js").CheckReport} */
		const report = JSON.parse(readFileSync(json, "utf8"));
		rmSync(json);
		return { report, status: report.program.status, output: `${stdout}${stderr}` };
	} catch {
		throw new Error(`nothing was checked, status ${status}:\n${lastOf(`${stdout}${stderr}`)}`);
	}
}

const lastOf = (/** @type {string} */ text) => text.trim().split("\n").slice(-SHOWN).join("\n");

/** @type {object[]} */
const results = [];
for (const study of names) {
	/** @type {import("./misuse.d.ts").Misuse} */
	const misuse = await import(`../misuse/${study}/study.mjs`);
	const folder = copyOf(study, misuse);
	const commands = [...(misuse.tests ?? [])];
	if (misuse.program !== undefined) commands.push(["node", join(STUDIES, study, misuse.program), folder]);
	for (const command of commands) {
		const { report, status, output } = check(command, folder);
		const shown = command
			.map((word) => word.replace(`${STUDIES}/`, "misuse/").replace(folder, "."))
			.join(" ");
		const pools = report.pools.map(({ name, misses }) => `${name} (${misses} made)`).join(", ");
		process.stdout.write(
			`\n## ${misuse.name} ${misuse.version}: ${shown}\nstatus ${status}; pools: ${pools}\n`,
		);
		for (const { kind, pool, message, count, stacks } of report.violations) {
			process.stdout.write(`${count} × ${kind}, ${pool}: ${message.replace(/^.*?: /u, "")}\n`);
			for (const { title, frames } of stacks) {
				const relative = frames
					.slice(0, 2)
					.map((frame) => frame.replaceAll(`file://${folder}/`, "").replaceAll(`${folder}/`, ""));
				process.stdout.write(`    ${title}: ${relative.join("; ")}\n`);
			}
		}
		if (report.violations.length === 0) process.stdout.write("nothing found\n");
		if (status !== 0) process.stdout.write(`${lastOf(output)}\n`);
		const found = report.violations.map(({ kind, pool, message, count }) => ({ kind, pool, message, count }));
		results.push({ package: misuse.name, version: misuse.version, command: shown, status, found });
	}
}
rmSync(scratch, { recursive: true });
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, "\t")}\n`);
