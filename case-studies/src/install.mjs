/** Installs a package from npm into a folder of its own, and edits the installed copy. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL("..", import.meta.url));
/** Ignored by git. */
const WORK = join(HERE, ".work");
const EBBPOOL = join(HERE, "..", "packages", "ebbpool");

/**
 * The folder with the package as it is published.
 * @param {string} folder
 * @param {import("./study.d.ts").Study} study
 */
export function installFresh(folder, { name, version, alongside = [] }) {
	const target = join(WORK, folder, "fresh");
	if (existsSync(join(target, "node_modules", name))) return target;
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	writeFileSync(join(target, "package.json"), '{ "private": true }\n');
	const packages = [`${name}@${version}`, ...alongside];
	execFileSync(
		"npm",
		["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock", ...packages],
		{
			cwd: target,
			stdio: ["ignore", "ignore", "inherit"],
		},
	);
	return target;
}

/**
 * The folder with an edited copy.
 * @param {string} folder
 * @param {import("./study.d.ts").Study} study
 * @param {import("./study.d.ts").ReuseWay} way
 */
export function installEdited(folder, study, way) {
	const fresh = installFresh(folder, study);
	const target = join(WORK, folder, way);
	rmSync(target, { recursive: true, force: true });
	cpSync(fresh, target, { recursive: true, verbatimSymlinks: true });
	const pool = join(target, "node_modules", "ebbpool");
	if (!existsSync(pool)) symlinkSync(EBBPOOL, pool);
	for (const edit of study.edits?.(way) ?? [])
		apply(join(target, "node_modules", edit.package ?? study.name, edit.file), edit);
	return target;
}

/**
 * @param {string} path
 * @param {import("./study.d.ts").FileEdit} edit
 */
function apply(path, { start, replace }) {
	let text = readFileSync(path, "utf8");
	for (const { does, find, by } of replace) {
		const times =
			typeof find === "string"
				? text.split(find).length - 1
				: [...text.matchAll(new RegExp(find, "gu"))].length;
		if (times !== 1) throw new Error(`${path}: "${does}" should match once, and does ${times} times`);
		text = text.replace(find, () => by);
	}
	const strict = /^(?:"use strict"|'use strict');?\s*/u.exec(text)?.[0] ?? "";
	writeFileSync(path, strict + start + text.slice(strict.length));
}
