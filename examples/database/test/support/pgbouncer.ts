import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DATABASE, freePort, HOST, Server, USER, userOf } from "./server.ts";

/** PgBouncer in transaction mode before a server: the configuration that docs/guide/resource.md shows. */
export class PgBouncer extends Server {
	readonly #folder: string;

	private constructor(folder: string, port: number) {
		super("pgbouncer", [join(folder, "pgbouncer.ini")], port);
		this.#folder = folder;
	}

	static async start(serverPort: number, poolSize: number): Promise<PgBouncer> {
		const folder = mkdtempSync(join(tmpdir(), "ebbpool-pgbouncer-"));
		const port = await freePort();
		const users = join(folder, "users.txt");
		writeFileSync(users, `"${USER}" ""\n`);
		const settings = {
			listen_addr: HOST,
			listen_port: port,
			unix_socket_dir: folder,
			auth_type: "trust",
			auth_file: users,
			pool_mode: "transaction",
			default_pool_size: poolSize,
			max_client_conn: 500,
		};
		const lines = [
			"[databases]",
			`${DATABASE} = host=${HOST} port=${serverPort}`,
			"[pgbouncer]",
			...Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
		];
		writeFileSync(join(folder, "pgbouncer.ini"), `${lines.join("\n")}\n`);
		const { uid, gid } = userOf("pgbouncer");
		if (uid !== undefined && gid !== undefined) {
			for (const path of [folder, users, join(folder, "pgbouncer.ini")]) chownSync(path, uid, gid);
		}
		const server = new PgBouncer(folder, port);
		await server.start();
		return server;
	}

	override async end(): Promise<void> {
		await super.end();
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
