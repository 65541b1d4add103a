import { assert } from "chai";
import { PgPool } from "ebbpool/resource/pg";
import { expectCode, expectPoolError, rejectionOf } from "./expect.ts";
import type { Suite } from "./kit.ts";
import { never, settle } from "./resource-kit.ts";

/** Stands for a client of `pg`, with what happens to it. */
class Client {
	readonly log: string[] = [];
	readonly #listeners: { readonly event: string; readonly listener: (error?: Error) => void }[] = [];
	connect: () => Promise<void> = async () => void this.log.push("connect");
	query = async (text: string) => ({ rows: [text] });
	readonly connection = { stream: { destroy: () => void this.log.push("cut") } };

	async end(): Promise<void> {
		this.log.push("end");
		this.emit("end");
	}

	on(event: "error" | "end", listener: (error?: Error) => void): void {
		this.#listeners.push({ event, listener });
	}

	emit(event: "error" | "end", error?: Error): void {
		for (const each of this.#listeners) if (each.event === event) each.listener(error);
	}
}

function clients(connect?: () => Promise<void>) {
	const made: Client[] = [];
	const client = () => {
		const one = new Client();
		if (connect !== undefined) one.connect = connect;
		made.push(one);
		return one;
	};
	return { made, client };
}

export const resourcePg: Suite = {
	name: "PgPool",
	cases: [
		{
			name: "lends clients, closes those that were given back as broken, and ends as often as it is told",
			async run() {
				const { made, client } = clients();
				const pool = new PgPool({ client, max: 2 });
				assert.deepEqual((await pool.query("a")).rows, ["a"]);
				(await pool.connect()).release();
				assert.deepEqual([pool.totalCount, pool.idleCount, pool.waitingCount], [1, 1, 0]);
				(await pool.connect()).release(new Error("broken"));
				await settle();
				assert.deepEqual(made[0]?.log, ["connect", "end"]);
				await pool.end();
				await pool.end();
				expectPoolError(await rejectionOf(pool.query("b")), "ERR_POOL_DRAINED");
			},
		},
		{
			name: "refuses callbacks, which it would never call, and events that it does not have",
			async run() {
				const { made, client } = clients();
				const pool = new PgPool({ client });
				const callback = (() => {}) as unknown as undefined;
				for (const call of [() => pool.connect(callback), () => pool.end(callback)]) {
					expectPoolError(await rejectionOf(call()), "ERR_POOL_ARGUMENT");
				}
				const query = pool.query as (...args: unknown[]) => Promise<unknown>;
				expectPoolError(await rejectionOf(query("a", callback)), "ERR_POOL_ARGUMENT");
				assert.lengthOf(made, 0);
				expectCode("ERR_POOL_ARGUMENT", () => pool.on("connect" as "error", () => {}));
				await pool.query("a");
			},
		},
		{
			name: "a client that breaks while nobody uses it is an error event; one that cannot connect is not",
			async run() {
				const { made, client } = clients();
				const pool = new PgPool({ client });
				const errors: Error[] = [];
				pool.on("error", (error) => void errors.push(error));
				await pool.query("a");
				const failure = new Error("gone");
				made[0]?.emit("error", failure);
				assert.deepEqual(errors, [failure]);

				const refused = new PgPool({ client: clients(() => Promise.reject(failure)).client });
				refused.on("error", (error) => void errors.push(error));
				assert.strictEqual(await rejectionOf(refused.connect()), failure);
				assert.lengthOf(errors, 1);
			},
		},
		{
			name: "cuts a connection that takes too long: a server that does not answer would leave it open",
			async run() {
				const { made, client } = clients(() => never());
				const pool = new PgPool({ client, createTimeout: 10 });
				expectPoolError(await rejectionOf(pool.connect()), "ERR_POOL_TIMEOUT");
				assert.deepEqual(made[0]?.log, ["cut"]);
			},
		},
	],
};
