// Types: the whole workspace with its tests (among them those that must not compile), and the JavaScript that checks it.
// `npm run check:consumers` compiles the published declarations, under every compiler that they are for.
import { join } from "node:path";
import { Report } from "../../scripts/lib/report.mjs";
import { root } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
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

compile("the workspace", [tsc, "--build"], root);
for (const folder of ["scripts", "tools", "case-studies"]) compile(folder, [tsc, "--project", folder], root);

report.close();
