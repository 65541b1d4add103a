import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Copies projects of `projects` to one folder and installs the packed package there. The tools that it uses are found
 * further up, as in any monorepo.
 *
 * @param {string} installed a folder of installed packages
 * @param {readonly string[]} names of the projects; the last one gives the folder its name
 * @returns {string} the folder
 */
export function scratch(installed, ...names) {
	const folder = here(`scratch/${names.at(-1)}`);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const name of names) cpSync(here(`projects/${name}`), folder, { recursive: true });
	cpSync(installed, join(folder, "node_modules"), { recursive: true });
	return folder;
}

/**
 * The program of a tool that this package depends on.
 *
 * @param {string} path below `node_modules`
 */
export function tool(path) {
	return here(`node_modules/${path}`);
}
