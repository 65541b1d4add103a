import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { serverUser } from "./user.ts";

/** Debian keeps each version's server programs off the PATH. */
const DEBIAN = "/usr/lib/postgresql";

function folders(): string[] {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
	return [
		...versions.map((version) => join(DEBIAN, version, "bin")),
		...(process.env.PATH ?? "").split(delimiter),
		"/usr/sbin",
	];
}

export function findProgram(name: string): string | undefined {
	return folders()
		.map((folder) => join(folder, name))
		.find((path) => existsSync(path));
}

/** Why tests against real servers cannot run here, if they cannot. */
export function missing(...programs: readonly string[]): string | false {
	if (serverUser("postgres") === undefined) return "there is no user postgres for the servers to run as";
	const absent = programs.filter((name) => findProgram(name) === undefined);
	return absent.length > 0 && `not installed: ${absent.join(", ")} (scripts/postgres.sh installs them)`;
}
