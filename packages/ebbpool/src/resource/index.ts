export { PoolError, type PoolErrorCode } from "../errors.ts";
export { ResourcePool, type ResourcePoolConstructor } from "./resource-pool.ts";
export type { MinimalSignal, Signal } from "./signal.ts";
export type {
	AcquireOptions,
	CloseReason,
	CreateContext,
	DrainOptions,
	LeakReport,
	ResourceLease,
	ResourceOrder,
	ResourcePoolEvents,
	ResourcePoolOptions,
	ResourcePoolStats,
} from "./types.ts";
