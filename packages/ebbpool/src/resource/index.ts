export { PoolError, type PoolErrorCode } from "../base/errors.ts";
export type { AbortSignalLike, Signal } from "../base/signal.ts";
export { ResourcePool, type ResourcePoolConstructor } from "./resource-pool.ts";
export type {
	AcquireOptions,
	CloseReason,
	CreateContext,
	DrainOptions,
	FailedHook,
	LeakReport,
	Rejections,
	ResourceLease,
	ResourceOrder,
	ResourcePoolEvents,
	ResourcePoolOptions,
	ResourcePoolStats,
} from "./types.ts";
