import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Copies a project of `projects` to a folder of its own and installs the packed package there. The tools that it uses are
 * found further up, as in any monorepo.
 *
 * @param {string} name
 * @param {string} installed a folder of installed packages
 * @returns {string} the folder
 */
export function scratch(name, installed) {
	const folder = here(`scratch/${name}`);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	cpSync(here(`projects/${name}`), folder, { recursive: true });
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
