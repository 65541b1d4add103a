import { ResourcePool } from "ebbpool/resource";

// Nothing keeps the process alive but that somebody waits, without a limit in time, until another attempt is made.
let attempts = 0;
const pool = new ResourcePool({
	create: async () => {
		if (++attempts === 1) throw new Error("down");
		return {};
	},
	max: 1,
	retryCreate: true,
	retryDelay: 100,
	acquireTimeout: Number.POSITIVE_INFINITY,
});
await pool.use(() => console.log("served"));
