// `node scripts/within.mjs FOLDER SCRIPT [ARG…]`: runs an npm script of a private package that is outside the workspace
// (what only those need who check the project), after installing what its lock file names, if that is not there yet.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { isInstalled } from "./lib/installed.mjs";
import { root } from "./lib/root.mjs";

const [folder, script, ...args] = process.argv.slice(2);
if (folder === undefined || script === undefined)
	throw new Error("expected a folder and the name of its script");
const directory = join(root, folder);

/** @param {string[]} npmArgs */
function npm(npmArgs) {
	const shell = process.platform === "win32";
	const { status } = spawnSync("npm", npmArgs, { cwd: directory, shell, stdio: "inherit" });
	if (status !== 0) process.exit(status ?? 1);
}

if (!isInstalled(directory)) npm(["ci"]);
npm(["run", "--silent", script, "--", ...args]);
