import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./root.mjs";
import { mustRun } from "./run.mjs";

/**
 * A folder of its own outside the repository, with packages installed from their packed tarballs as a user would. It
 * is gone when the process ends.
 */
export class PackedProject {
	/** @type {string} */
	directory;
	/** The tarball of each package. @type {ReadonlyMap<string, string>} */
	tarballs;

	/** @param {readonly string[]} packages names of packages of the workspace */
	constructor(packages) {
		this.directory = mkdtempSync(join(tmpdir(), "ebbpool-packed-"));
		process.once("exit", () => rmSync(this.directory, { recursive: true, force: true }));
		const tarballs = join(this.directory, "tarballs");
		mkdirSync(tarballs);
		const workspaces = packages.map((name) => `--workspace=${name}`);
		const packed = mustRun("npm", ["pack", "--json", "--pack-destination", tarballs, ...workspaces], root);
		this.tarballs = new Map(
			packedFiles(packed).map(({ name, filename }) => [name, join(tarballs, filename)]),
		);
		writeFileSync(join(this.directory, "package.json"), JSON.stringify({ private: true, type: "module" }));
		const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline", "--loglevel=error"];
		mustRun("npm", ["install", ...flags, ...this.tarballs.values()], this.directory);
	}

	/** @param {string} name */
	tarball(name) {
		const tarball = this.tarballs.get(name);
		if (tarball === undefined) throw new Error(`${name} was not packed`);
		return tarball;
	}
}

/**
 * @param {string} json what `npm pack --json` printed, after what the packages' own scripts printed
 * @returns {{ name: string, filename: string }[]}
 */
function packedFiles(json) {
	const packed = JSON.parse(json.slice(json.search(/^[[{]/m)));
	return Array.isArray(packed) ? packed : Object.values(packed);
}
