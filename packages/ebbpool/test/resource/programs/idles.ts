import { ResourcePool } from "ebbpool/resource";

// Leaves idle resources, their timers and a lease behind, and ends.
const pool = new ResourcePool({ create: async () => ({}), max: 2, leaseTimeout: 60_000, releaseOnGC: true });
await pool.acquire();
await (await pool.acquire()).release();
console.log("over");
