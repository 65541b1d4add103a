import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";

// The tests in `tools` and `users` need packages that `npm ci` does not bring; `npm run check:tools` and `check:users` run them.
const PASSED_OVER = new Set(["node_modules", "dist", "tools", "users", "consumers", ".git"]);

/**
 * The tests that node alone can run: `*.test.js` in the `.test` folders, compiled from `test`, of every package, and
 * `*.test.mjs` beside the scripts; for the kind `proof`, `*.proof.js` likewise: what takes minutes, and nobody waits for
 * while developing. Compiled files whose source is gone are passed over.
 *
 * @param {string} folder
 * @param {"test" | "proof"} kind
 * @returns {string[]}
 */
export function testFiles(folder, kind) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return PASSED_OVER.has(entry.name) ? [] : testFiles(path, kind);
		return isOf(kind, path) ? [path] : [];
	});
}

/**
 * @param {string} kind
 * @param {string} path
 */
function isOf(kind, path) {
	if (path.endsWith(`.${kind}.mjs`)) return true;
	const compiled = `${sep}.test${sep}`;
	if (!path.endsWith(`.${kind}.js`) || !path.includes(compiled)) return false;
	return existsSync(path.replace(compiled, `${sep}test${sep}`).replace(/js$/, "ts"));
}
