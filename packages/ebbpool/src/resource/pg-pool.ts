import { aFunction, anObject, expectValue, oneOf, type Rule } from "../base/rules.ts";
import { ResourcePool } from "./resource-pool.ts";
import type { ResourceLease, ResourcePoolOptions, ResourcePoolStats } from "./types.ts";

const noFunction: Rule = {
	expected: "none, as a promise is returned",
	accepts: (value) => typeof value !== "function",
};

const notGiven: Rule = {
	expected: "none, as the pool connects and ends its clients itself",
	accepts: (value) => value === undefined,
};

/** What a client must have: that of `pg` and of its native binding do. */
export interface PgClient {
	/** Where there is a stream, a connection that is not wanted any more is cut: a server that does not answer may never end it. */
	readonly connection?: { readonly stream: { destroy(): unknown } };
	connect(): Promise<unknown>;
	end(): Promise<void>;
	// biome-ignore lint/suspicious/noExplicitAny: the overloads of `pg` are passed through, not restated.
	query: (...args: any[]) => any;
	on(event: "error" | "end", listener: (error?: Error) => void): unknown;
}

/** The options of a {@link ResourcePool}, and how to make a client. */
export interface PgPoolOptions<C extends PgClient>
	extends Omit<ResourcePoolOptions<C>, "create" | "destroy"> {
	/** Makes a client that is not connected yet. */
	readonly client: () => C;
}

/** A client on loan. */
export type PooledPgClient<C extends PgClient> = C & {
	/** Gives it back, once; with `true` or an error it is closed instead. */
	release(broken?: Error | boolean): void;
};

/**
 * A {@link ResourcePool} with the promise interface of `pg`'s own `Pool`, for what needs no more of it: Kysely, and code
 * written with promises. Callbacks, submittables (cursors, query streams) and events other than `error` are not here, and
 * it is no `instanceof pg.Pool`: what asks for that takes it for a single client.
 *
 * @typeParam C - the client's type
 *
 * @example
 * ```ts
 * import { PgPool } from "ebbpool/resource/pg";
 *
 * class Client { // in an application, that of `pg`
 *   async connect() {}
 *   async end() {}
 *   on() {}
 *   async query(text: string) { return { rows: [text] }; }
 * }
 *
 * const pool = new PgPool({ client: () => new Client(), max: 10 });
 * console.log((await pool.query("select 1")).rows.length); // 1
 * await pool.end();
 * ```
 */
export class PgPool<C extends PgClient> implements AsyncDisposable {
	/** The pool behind it, for signals, deadlines, events and full statistics. */
	readonly resources: ResourcePool<C>;
	/**
	 * Runs one query on any client, as the client's own `query`; only in the forms that return a promise. A client whose
	 * query failed is closed, as `pg`'s own pool does: it may be busy still, or in a transaction that is lost.
	 */
	readonly query: C["query"];

	/** @throws `ERR_POOL_OPTION` for a missing `client`, an unknown option, a wrong type or a number out of range */
	constructor(options: PgPoolOptions<C>) {
		checkOptions(options);
		const { client: makeClient, ...others } = options;
		this.resources = new ResourcePool<C>({
			...others,
			create: async ({ signal, retire }) => {
				const client = makeClient();
				client.on("error", retire);
				signal.addEventListener("abort", () => {
					if (client.connection === undefined) client.end().catch(() => {});
					else cut(client);
				});
				await client.connect();
				// An orderly shutdown of the server ends a connection without an error. While it is being opened, the failure of
				// `connect` says more.
				client.on("end", () => retire());
				return client;
			},
			destroy: (client) => client.end(),
		});
		// Also when the server did not answer `end` in time.
		this.resources.on("close", cut);
		this.query = async (...args) => {
			refuseCallbacks(args);
			const lease = await this.resources.acquire();
			try {
				const result = await lease.item.query(...args);
				void lease.release();
				return result;
			} catch (error) {
				void lease.discard();
				throw error;
			}
		};
	}

	async connect(callback?: undefined): Promise<PooledPgClient<C>> {
		refuseCallback("connect", callback);
		return borrowed(await this.resources.acquire());
	}

	/**
	 * Waits until every client was given back, and closes them. After `drainTimeout` it closes those that are still out under
	 * their users, and rejects with `ERR_POOL_TIMEOUT`.
	 */
	async end(callback?: undefined): Promise<void> {
		refuseCallback("end", callback);
		return this.resources.drain();
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.end();
	}

	/**
	 * An `error` of a client that nobody uses never ends the process, whether anybody listens or not. A failure to connect
	 * is none: it reaches who waits.
	 */
	on(event: "error", listener: (error: Error) => void): this {
		expectValue("ERR_POOL_ARGUMENT", "on: event", event, oneOf("error"));
		this.resources.on(event, (error, during) => {
			if (during !== "create") listener(error as Error);
		});
		return this;
	}

	get totalCount(): number {
		return this.#stats.open;
	}

	get idleCount(): number {
		return this.#stats.idle;
	}

	get waitingCount(): number {
		return this.#stats.waiting;
	}

	get #stats(): ResourcePoolStats {
		return this.resources.stats();
	}
}

function checkOptions(options: unknown): void {
	expectValue("ERR_POOL_OPTION", "PgPool: options", options, anObject);
	const { client, create, destroy } = options as Readonly<Record<string, unknown>>;
	expectValue("ERR_POOL_OPTION", "PgPool: option client", client, aFunction);
	expectValue("ERR_POOL_OPTION", "PgPool: option create", create, notGiven);
	expectValue("ERR_POOL_OPTION", "PgPool: option destroy", destroy, notGiven);
}

function refuseCallback(method: string, callback: unknown): void {
	expectValue("ERR_POOL_ARGUMENT", `${method}: callback`, callback, noFunction);
}

/** A query tells when its client is free again by its promise, and these forms have none. */
function refuseCallbacks(args: readonly unknown[]): void {
	const { callback, submit } = Object(args[0]);
	for (const each of [...args, callback]) refuseCallback("query", each);
	expectValue("ERR_POOL_ARGUMENT", "query: submit", submit, noFunction);
}

/** Ends a connection without asking the server. */
function cut(client: PgClient): void {
	client.connection?.stream.destroy();
}

function borrowed<C extends PgClient>(lease: ResourceLease<C>): PooledPgClient<C> {
	const release = (broken?: Error | boolean): void => {
		void (broken ? lease.discard() : lease.release());
	};
	return Object.assign(lease.item, { release });
}
