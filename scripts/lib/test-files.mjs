import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";

// The tests in `tools` need packages that `npm ci` does not bring; `npm run check:tools` runs them.
const PASSED_OVER = new Set(["node_modules", "dist", "tools", ".git"]);

/**
 * The tests that node alone can run: `*.test.js` in the `.test` folders, compiled from `test`, of every package, and
 * `*.test.mjs` beside the scripts. Compiled files whose source is gone are passed over.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function testFiles(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return PASSED_OVER.has(entry.name) ? [] : testFiles(path);
		return isTest(path) ? [path] : [];
	});
}

/** @param {string} path */
function isTest(path) {
	if (path.endsWith(".test.mjs")) return true;
	const compiled = `${sep}.test${sep}`;
	if (!path.endsWith(".test.js") || !path.includes(compiled)) return false;
	return existsSync(path.replace(compiled, `${sep}test${sep}`).replace(/js$/, "ts"));
}
