import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Program, userFor } from "./user.ts";

/** Looks on the PATH, and asks Debian's package manager: it keeps each version's server programs in a folder of their own. */
export function findProgram(name: Program): string | undefined {
	const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
	return [...onPath, ...packaged(name)].find((path) => existsSync(path));
}

function packaged(name: string): string[] {
	const { status, stdout } = spawnSync("dpkg", ["-S", `*bin/${name}`], { encoding: "utf8" });
	if (status !== 0) return [];
	const paths = stdout.split("\n").map((line) => line.slice(line.indexOf(": ") + 2));
	return paths
		.filter((path) => path.endsWith(`bin/${name}`))
		.sort()
		.reverse();
}

/** Why tests against real servers cannot run here, if they cannot. */
export function missing(...programs: readonly Program[]): string | false {
	const absent = programs.filter((name) => findProgram(name) === undefined || userFor(name) === undefined);
	return (
		absent.length > 0 &&
		`not installed, or without a user to run as: ${absent.join(", ")} (scripts/postgres.sh sees to both)`
	);
}
