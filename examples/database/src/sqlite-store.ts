import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourcePool } from "ebbpool/resource";
import type { Note, Store } from "./store.ts";

/** What is used of `node:sqlite`, which the types of Node 20 do not have. */
interface DatabaseSync {
	exec(sql: string): void;
	prepare(sql: string): { get(...values: unknown[]): unknown; iterate(): Iterable<unknown> };
	close(): void;
}
export type Sqlite = { readonly DatabaseSync: new (path: string) => DatabaseSync };

/** Undefined where Node has no SQLite: before 22.13. */
async function loadSqlite(): Promise<Sqlite | undefined> {
	const specifier = "node:sqlite";
	return import(specifier).catch(() => undefined);
}

export function openConnection({ DatabaseSync }: Sqlite, path: string): DatabaseSync {
	const connection = new DatabaseSync(path);
	try {
		// Another process may have the file locked when it is asked for the mode: the wait for that comes first.
		connection.exec("pragma busy_timeout = 5000; pragma journal_mode = wal");
		return connection;
	} catch (error) {
		connection.close();
		throw error;
	}
}

/** Several connections to one file in WAL mode: readers and a writer do not lock each other out. */
export async function sqliteStore(): Promise<Store | undefined> {
	const sqlite = await loadSqlite();
	if (sqlite === undefined) return undefined;
	const folder = mkdtempSync(join(tmpdir(), "ebbpool-example-"));
	const pool = new ResourcePool({
		name: "sqlite",
		max: 4,
		create: () => openConnection(sqlite, join(folder, "notes.db")),
		destroy: (connection) => connection.close(),
	});
	await pool.use((c) => c.exec("create table notes (id integer primary key, text text not null)"));
	return {
		title: "SQLite, four connections to one file in WAL mode",
		add: (text) =>
			pool.use((c) => c.prepare("insert into notes (text) values (?) returning id, text").get(text) as Note),
		get: (id) =>
			pool.use((c) => c.prepare("select id, text from notes where id = ?").get(id) as Note | undefined),
		async *list() {
			await using lease = await pool.acquire();
			// One snapshot of the file, however long the reader takes and whoever writes meanwhile.
			for (const note of lease.item.prepare("select id, text from notes order by id").iterate())
				yield note as Note;
		},
		stats: () => pool.stats(),
		async close() {
			await pool.drain();
			rmSync(folder, { recursive: true });
		},
	};
}
