import { ResourcePool, type ResourcePoolOptions } from "ebbpool/resource";
import pg from "pg";

export type PostgresPool = ResourcePool<pg.Client>;

/**
 * A pool of PostgreSQL connections. A connection that breaks, in use or idle, is retired by its own `error` event; what
 * is given back is asked for a transaction left open.
 */
export function postgresPool(
	connection: pg.ClientConfig,
	options: Partial<ResourcePoolOptions<pg.Client>> = {},
): PostgresPool {
	return new ResourcePool<pg.Client>({
		name: "postgres",
		create: async ({ signal, retire }) => {
			const client = new pg.Client(connection);
			client.on("error", retire);
			// A connection can also end without an error, as a server's orderly shutdown does.
			client.on("end", () => retire());
			signal.addEventListener("abort", () => void client.end().catch(() => {}), { once: true });
			await client.connect();
			return client;
		},
		destroy: (client) => client.end(),
		...options,
	});
}
