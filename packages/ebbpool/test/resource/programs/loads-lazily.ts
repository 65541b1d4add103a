import { AsyncLocalStorage } from "node:async_hooks";

// The library is loaded in one request, and used in another.
const storage = new AsyncLocalStorage<string>();
const seen: unknown[] = [];
const { ResourcePool } = await storage.run("first", () => import("ebbpool/resource"));
const see = () => seen.push(storage.getStore());
const pool = new ResourcePool({ create: async () => see(), reset: see });
await storage.run("second", () => pool.use(() => {}));
console.log(seen.map(String).join());
