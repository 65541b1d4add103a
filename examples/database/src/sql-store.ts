import type { ResourcePool } from "ebbpool/resource";
import type { Note, Store } from "./store.ts";

/** A connection that speaks PostgreSQL. */
interface Connection {
	query(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export async function sqlStore<C extends Connection>(title: string, pool: ResourcePool<C>): Promise<Store> {
	const first = async (sql: string, values: unknown[]) => {
		const { rows } = await pool.use((connection) => connection.query(sql, values));
		return rows[0] as Note | undefined;
	};
	await pool.use((c) =>
		c.query("create table if not exists notes (id serial primary key, text text not null)"),
	);
	return {
		title,
		add: async (text) =>
			(await first("insert into notes (text) values ($1) returning id, text", [text])) as Note,
		get: (id) => first("select id, text from notes where id = $1", [id]),
		async *list() {
			const { rows } = await pool.use((c) => c.query("select id, text from notes order by id"));
			yield* rows as Note[];
		},
		stats: () => pool.stats(),
		close: () => pool.drain(),
	};
}
