import { setTimeout } from "node:timers/promises";
import pg from "pg";

/** Milliseconds after which what was waited for will not come: far more than a busy machine takes. */
const PATIENCE = 60_000;

/** Looks at a server, and kills backends, through a connection of its own. */
export class Observer {
	readonly #client: pg.Client;
	readonly #application: string;
	/** The process ids of all backends that were killed. */
	readonly killed = new Set<number>();

	private constructor(client: pg.Client, application: string) {
		this.#client = client;
		this.#application = application;
	}

	static async connect(connection: pg.ClientConfig, application: string): Promise<Observer> {
		const client = new pg.Client(connection);
		await client.connect();
		return new Observer(client, application);
	}

	/** How many backends serve the application; a killed one may take a moment to end. */
	async backends(): Promise<number> {
		const { rows } = await this.#client.query(
			"select count(*)::int as count from pg_stat_activity where application_name = $1 and pid <> all($2)",
			[this.#application, [...this.killed]],
		);
		return rows[0].count;
	}

	/** Kills so many backends of the application that are in that state; returns how many there were. */
	async kill(state: "active" | "idle" | "any", most: number): Promise<number> {
		const { rows } = await this.#client.query(
			`select pid, pg_terminate_backend(pid) as killed from
				(select pid from pg_stat_activity
				where application_name = $1 and ($2 = 'any' or state = $2) and pid <> all($4)
				order by random() limit $3) as chosen`,
			[this.#application, state, most, [...this.killed]],
		);
		for (const { pid } of rows) this.killed.add(pid);
		return rows.length;
	}

	/** Resolves, with the milliseconds it took, once so many backends serve the application. */
	async until(count: number): Promise<number> {
		const start = performance.now();
		for (;;) {
			const there = await this.backends();
			const elapsed = performance.now() - start;
			if (there === count) return elapsed;
			if (elapsed > PATIENCE)
				throw new Error(`expected ${count} backends within ${PATIENCE} ms, there are ${there}`);
			await setTimeout(5);
		}
	}

	async end(): Promise<void> {
		await this.#client.end();
	}
}
