import { PGlite } from "@electric-sql/pglite";
import { ResourcePool } from "ebbpool/resource";
import { postgresPool } from "./postgres-pool.ts";
import { sqlStore } from "./sql-store.ts";
import { sqliteStore } from "./sqlite-store.ts";
import type { Store } from "./store.ts";

/** PostgreSQL where `DATABASE_URL` says so, else SQLite where this Node has it, else PostgreSQL in WebAssembly. */
export async function openStore(url: string | undefined, log: (line: string) => void): Promise<Store> {
	if (url !== undefined) return sqlStore("PostgreSQL", postgresPool({ connectionString: url }));
	const sqlite = await sqliteStore();
	if (sqlite !== undefined) return sqlite;
	log(
		`Node ${process.versions.node} has no node:sqlite (22.13 has), and DATABASE_URL is not set: PGlite it is.`,
	);
	// It is one connection by nature: the pool makes its users take turns.
	const pool = new ResourcePool({
		name: "pglite",
		max: 1,
		createTimeout: 60_000,
		create: () => PGlite.create(),
		destroy: (connection) => connection.close(),
	});
	return sqlStore("PGlite, one connection in this process", pool);
}
