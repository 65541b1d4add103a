import { postgresPool } from "../../dist/postgres-pool.js";

/** One of several processes, each with a small pool, before one PgBouncer. */
const [port = "", name = "", queries = ""] = process.argv.slice(2);
const pool = postgresPool(
	{
		host: "127.0.0.1",
		port: Number(port),
		user: "ebbpool",
		database: "postgres",
		application_name: "ebbpool-bouncer",
	},
	{ max: 5 },
);
const tally = { right: 0, wrong: 0, errors: [] as string[] };
let next = 0;

async function client(): Promise<void> {
	while (next < Number(queries)) {
		const id = Number(name) * 1_000_000 + next++;
		try {
			// With values and without a name: an unnamed statement, which lives within one transaction.
			const sum = await pool.use(async (connection) => {
				await connection.query("begin");
				const { rows } = await connection.query("select $1::int as id from pg_sleep(0.001)", [id]);
				const second = await connection.query("select $1::int as id", [rows[0].id]);
				await connection.query("commit");
				return second.rows[0].id;
			});
			if (sum === id) tally.right++;
			else tally.wrong++;
		} catch (error) {
			tally.errors.push(String(error));
		}
	}
}

await Promise.all(Array.from({ length: 25 }, client));
await pool.drain();
process.stdout.write(JSON.stringify(tally));
