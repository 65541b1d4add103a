import { assert } from "chai";
import { PgPool } from "ebbpool/resource/pg";
import { expectCode, expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { never, settle } from "../support/things.ts";

/** Stands for a client of `pg`, with what happens to it. */
class Client {
	readonly log: string[] = [];
	readonly #listeners: { readonly event: string; readonly listener: (error?: Error) => void }[] = [];
	connect: () => Promise<void> = async () => void this.log.push("connect");
	query = async (text: string) => {
		if (text === "nonsense") throw new Error(text);
		return { rows: [text] };
	};
	readonly connection = { stream: { destroy: () => void this.log.push("cut") } };

	end: () => Promise<void> = async () => {
		this.log.push("end");
		this.emit("end");
	};

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
				assert.deepEqual(made[0]?.log, ["connect", "end", "cut"]);
				await pool.end();
				await pool.end();
				expectPoolError(await rejectionOf(pool.query("b")), "ERR_POOL_DRAINED");
			},
		},
		{
			name: "closes the client of a query that failed: it may be busy still, or in a transaction that is lost",
			async run() {
				const { made, client } = clients();
				const pool = new PgPool({ client, max: 1 });
				assert.propertyVal(await rejectionOf(pool.query("nonsense")), "message", "nonsense");
				assert.deepEqual((await pool.query("a")).rows, ["a"]);
				assert.deepEqual((await pool.query("b")).rows, ["b"]);
				assert.deepEqual(
					made.map(({ log }) => log),
					[["connect", "end", "cut"], ["connect"]],
				);
				await pool.end();
			},
		},
		{
			name: "refuses options that it cannot use when it is made",
			run() {
				const { made, client } = clients();
				const hooks = { client, create: client, destroy: () => {} };
				for (const options of [undefined, null, {}, { client: 5 }, hooks, { client, maxx: 1 }]) {
					expectCode("ERR_POOL_OPTION", () => new PgPool(options as unknown as { client: typeof client }));
				}
				for (const hook of ["create", "destroy"]) {
					const { message } = expectCode("ERR_POOL_OPTION", () => new PgPool({ client, [hook]: client }));
					assert.include(message, `PgPool: option ${hook}`);
				}
				assert.lengthOf(made, 0);
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
				const refused: readonly (readonly unknown[])[] = [
					["a", callback],
					["a", [], callback],
					["a", callback, undefined],
					[{ text: "a", callback }],
					[{ submit: callback }],
				];
				for (const args of refused) expectPoolError(await rejectionOf(query(...args)), "ERR_POOL_ARGUMENT");
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
		{
			name: "cuts a connection that the server does not end in time, and is over then",
			async run() {
				const { made, client } = clients();
				const pool = new PgPool({ client, destroyTimeout: 10 });
				await pool.query("a");
				(made[0] as Client).end = () => never();
				await pool.end();
				assert.deepEqual(made[0]?.log, ["connect", "cut"]);
				assert.strictEqual(pool.totalCount, 0);
			},
		},
		{
			name: "a connection that ends while it is being opened fails with the client's own error",
			async run() {
				const made: Client[] = [];
				const failure = new Error("Connection terminated unexpectedly");
				const client = () => {
					const one = new Client();
					one.connect = async () => {
						one.emit("end");
						throw failure;
					};
					made.push(one);
					return one;
				};
				const pool = new PgPool({ client });
				assert.strictEqual(await rejectionOf(pool.query("a")), failure);
				await settle();
				assert.deepEqual(made[0]?.log, ["cut"]);
			},
		},
	],
};
