import { spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "./programs.ts";
import { freePort, HOST, Server, USER, userOf } from "./server.ts";

/** A PostgreSQL server with an empty cluster of its own. */
export class Postgres extends Server {
	readonly #folder: string;

	private constructor(folder: string, port: number, maxConnections: number) {
		const settings = {
			listen_addresses: HOST,
			port,
			max_connections: maxConnections,
			unix_socket_directories: folder,
			// The cluster is thrown away after the test.
			fsync: "off",
		};
		const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
		super("postgres", ["-D", join(folder, "data"), ...args], port);
		this.#folder = folder;
	}

	static async start(maxConnections = 100): Promise<Postgres> {
		const folder = mkdtempSync(join(tmpdir(), "ebbpool-postgres-"));
		const user = userOf("initdb");
		if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
		const initdb = findProgram("initdb") as string;
		const args = [
			"-D",
			join(folder, "data"),
			"-U",
			USER,
			"-A",
			"trust",
			"-E",
			"UTF8",
			"--locale=C",
			"--no-sync",
		];
		const { status, stderr } = spawnSync(initdb, args, { ...user, cwd: folder, encoding: "utf8" });
		if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
		const server = new Postgres(folder, await freePort(), maxConnections);
		await server.start();
		return server;
	}

	override async end(): Promise<void> {
		await super.end();
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
