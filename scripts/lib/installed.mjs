import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether a folder has the packages that its lock file names.
 *
 * @param {string} folder
 */
export function isInstalled(folder) {
	const installed = lockedPackages(join(folder, "node_modules", ".package-lock.json"));
	return installed !== undefined && installed === lockedPackages(join(folder, "package-lock.json"));
}

/** @param {string} lockFile */
function lockedPackages(lockFile) {
	if (!existsSync(lockFile)) return undefined;
	/** @type {{ packages: Record<string, { version: string, optional?: boolean }> }} */
	const { packages } = JSON.parse(readFileSync(lockFile, "utf8"));
	// What npm left out for this platform is in one of the files only.
	return Object.entries(packages)
		.filter(([path, { optional }]) => path !== "" && !optional)
		.map(([path, { version }]) => `${path} ${version}`)
		.sort()
		.join("\n");
}
