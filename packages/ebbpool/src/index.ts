export { PoolError, type PoolErrorCode } from "./errors.ts";
export type { Lease, PoolOptions, PoolOrder, PoolStats } from "./pool/types.ts";
