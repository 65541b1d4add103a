import { setTimeout } from "node:timers/promises";
import type { PostgresPool } from "../../dist/postgres-pool.js";

/** What clients were told so far. */
export interface Answers {
	right: number;
	wrong: number;
	readonly errors: (Error & { code?: string })[];
}

/** Asks until `over`, each time for an id of its own. */
export async function ask(
	pool: PostgresPool,
	answers: Answers,
	name: number,
	over: () => boolean,
): Promise<void> {
	for (let id = name * 1_000_000; !over(); id++) {
		try {
			const { rows } = await pool.use((c) => c.query("select $1::int as id from pg_sleep(0.005)", [id]));
			if (rows[0].id === id) answers.right++;
			else answers.wrong++;
		} catch (error) {
			answers.errors.push(error as Error);
			await setTimeout(5);
		}
	}
}
