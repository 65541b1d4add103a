import { spawnSync } from "node:child_process";

/** Whom a server runs as: neither PostgreSQL nor PgBouncer runs as root. */
export interface User {
	readonly uid?: number;
	readonly gid?: number;
}

/** This process's own user, or what Debian's package made for the server if this is root; else undefined. */
export function serverUser(name: string): User | undefined {
	if (process.getuid?.() !== 0) return {};
	const [uid, gid] = ["-u", "-g"].map((flag) => {
		const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
		return status === 0 ? Number(stdout) : Number.NaN;
	});
	return Number.isInteger(uid) && Number.isInteger(gid)
		? { uid: uid as number, gid: gid as number }
		: undefined;
}
