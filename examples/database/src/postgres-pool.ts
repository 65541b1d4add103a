import { Socket } from "node:net";
import { ResourcePool, type ResourcePoolOptions } from "ebbpool/resource";
import pg from "pg";

export type PostgresPool = ResourcePool<pg.Client>;

/**
 * A pool of PostgreSQL connections. A connection that breaks, in use or idle, is retired by its own `error` event; a
 * transaction that is still open when a connection is given back is rolled back.
 */
export function postgresPool(
	connection: pg.ClientConfig,
	options: Partial<ResourcePoolOptions<pg.Client>> = {},
): PostgresPool {
	const pool = new ResourcePool<pg.Client>({
		name: "postgres",
		create: async ({ signal, retire }) => {
			// A server may accept a connection and never answer: what takes too long is cut.
			const client = new pg.Client({ ...connection, stream: () => new Socket({ signal }) });
			client.on("error", retire);
			await client.connect();
			// A connection can also end without an error, as a server's orderly shutdown does. While it is being opened, the
			// failure of `connect` says more.
			client.on("end", () => retire());
			return client;
		},
		async reset(client) {
			// The status is told after each answer, and a failure reaches us before it: only another answer makes it certain.
			await client.query("");
			if (client.getTransactionStatus() !== "I") await client.query("rollback");
		},
		destroy: (client) => client.end(),
		...options,
	});
	// Also when the server did not answer `end` in time.
	pool.on("close", (client) => client.connection.stream.destroy());
	return pool;
}
