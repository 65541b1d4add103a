import { PoolError, ResourcePool } from "ebbpool/resource";

// Waits for what never comes, with nothing else that keeps the process alive.
const pool = new ResourcePool({ create: async () => ({}), max: 1 });
await pool.acquire();
try {
	await pool.acquire({ timeout: 100 });
} catch (error) {
	console.log(error instanceof PoolError && error.code);
}
