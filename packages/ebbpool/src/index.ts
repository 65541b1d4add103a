export { PoolError, type PoolErrorCode } from "./base/errors.ts";
export { type Configuration, configure } from "./gc/configure.ts";
export { onMajorGC } from "./gc/on-major-gc.ts";
export { poolCleanup } from "./gc/pool-cleanup.ts";
export { Pool, type PoolConstructor } from "./pool/pool.ts";
export type { Lease, PoolOptions, PoolOrder, PoolStats } from "./pool/types.ts";
