import { ResourcePool } from "ebbpool/resource";

// Cannot connect, says so, and has nothing more to do: the pause before the next attempt holds nothing up.
const pool = new ResourcePool({
	create: async () => {
		throw new Error("down");
	},
	retryDelay: 60_000,
});
await pool.acquire().catch(({ message }) => console.log(message));
