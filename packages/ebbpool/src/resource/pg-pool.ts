import { expectValue, oneOf, type Rule } from "../options.ts";
import { ResourcePool } from "./resource-pool.ts";
import type { ResourceLease, ResourcePoolOptions, ResourcePoolStats } from "./types.ts";

const noFunction: Rule = {
	expected: "none, as a promise is returned",
	accepts: (value) => typeof value !== "function",
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

/** The options of a {@link ResourcePool}, and how to make a client that is not connected yet. */
export interface PgPoolOptions<C extends PgClient>
	extends Omit<ResourcePoolOptions<C>, "create" | "destroy"> {
	readonly client: () => C;
}

/** A client on loan. */
export type PooledPgClient<C extends PgClient> = C & {
	/** Gives it back, once; with `true` or an error it is closed instead. */
	release(broken?: Error | boolean): void;
};

/**
 * A {@link ResourcePool} with the promise interface of `pg`'s own `Pool`, for the libraries that take one: Kysely, Drizzle
 * and code written for `pg`. What takes callbacks is not here.
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
	/** Runs one query on any client, as the client's own `query`; only in the forms that return a promise. */
	readonly query: C["query"];

	constructor({ client: makeClient, ...options }: PgPoolOptions<C>) {
		this.resources = new ResourcePool<C>({
			...options,
			create: async ({ signal, retire }) => {
				const client = makeClient();
				client.on("error", retire);
				// An orderly shutdown of the server ends a connection without an error.
				client.on("end", () => retire());
				const giveUp = () => {
					if (client.connection === undefined) client.end().catch(() => {});
					else client.connection.stream.destroy();
				};
				signal.addEventListener("abort", giveUp);
				await client.connect();
				signal.removeEventListener("abort", giveUp);
				return client;
			},
			destroy: (client) => client.end(),
		});
		this.query = async (...args) => {
			refuseCallback("query", args.at(-1));
			return this.resources.use((client) => client.query(...args));
		};
	}

	async connect(callback?: undefined): Promise<PooledPgClient<C>> {
		refuseCallback("connect", callback);
		return borrowed(await this.resources.acquire());
	}

	/** Waits until every client was given back, and closes them. */
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

function refuseCallback(method: string, last: unknown): void {
	expectValue("ERR_POOL_ARGUMENT", `${method}: callback`, last, noFunction);
}

function borrowed<C extends PgClient>(lease: ResourceLease<C>): PooledPgClient<C> {
	const release = (broken?: Error | boolean): void => {
		void (broken ? lease.discard() : lease.release());
	};
	return Object.assign(lease.item, { release });
}
