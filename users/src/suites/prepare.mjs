import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "../../../scripts/lib/run.mjs";
import { PACKAGES } from "../packed.mjs";

/**
 * A copy of what the suites need, in which the stand-ins are where npm's `overrides` put them.
 *
 * @param {string} folder where to
 * @param {string} home what was installed
 * @param {string | undefined} packed where the stand-ins' tarballs are; without it the originals stay
 * @returns {string} the folder
 */
export function prepare(folder, home, packed) {
	const modules = join(folder, "node_modules");
	mkdirSync(folder, { recursive: true });
	cpSync(join(home, "node_modules"), modules, { recursive: true, verbatimSymlinks: true });
	if (packed === undefined) return folder;
	for (const place of Object.values(PACKAGES)) {
		const target = join(modules, place);
		rmSync(target, { recursive: true, force: true });
		mkdirSync(target, { recursive: true });
		const tarball = join(packed, `${place}.tgz`);
		mustRun("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"], folder);
	}
	return folder;
}
