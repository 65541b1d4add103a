import "./publish.ts";

export { PoolError, type PoolErrorCode } from "../base/errors.ts";
export { listPools, type PoolSnapshot } from "./list-pools.ts";
export type { MeterLike } from "./meter.ts";
export { observePools } from "./observe-pools.ts";
