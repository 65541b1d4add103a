export { PoolError, type PoolErrorCode } from "./errors.ts";
export { type Configuration, configure, onMajorGC, poolCleanup } from "./gc/runtime.ts";
export { Pool, type PoolConstructor } from "./pool/pool.ts";
export type { Lease, PoolOptions, PoolOrder, PoolStats } from "./pool/types.ts";
