import { spawnSync } from "node:child_process";

/** Whom a server runs as: neither PostgreSQL nor PgBouncer runs as root. */
export interface User {
	readonly uid?: number;
	readonly gid?: number;
}

const USERS = { initdb: "postgres", postgres: "postgres", pgbouncer: "pgbouncer" } as const;

export type Program = keyof typeof USERS;

/** This process's own user, or if that is root, the one that the system has for the server; undefined if it has none. */
export function userFor(program: Program): User | undefined {
	if (process.getuid?.() !== 0) return {};
	const [uid, gid] = ["-u", "-g"].map((flag) => {
		const { status, stdout } = spawnSync("id", [flag, USERS[program]], { encoding: "utf8" });
		return status === 0 ? Number(stdout) : Number.NaN;
	});
	return Number.isInteger(uid) && Number.isInteger(gid)
		? { uid: uid as number, gid: gid as number }
		: undefined;
}
