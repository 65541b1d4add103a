export { PoolError, type PoolErrorCode } from "../base/errors.ts";
export type { SharedPoolHandle } from "./handle.ts";
export type { SharedBlock, SlotLayout } from "./shared-block.ts";
export { SharedPool } from "./shared-pool.ts";
export { struct } from "./struct/struct.ts";
export type { StructLayout } from "./struct/struct-layout.ts";
export type { FieldsOf, StructDefinition } from "./struct/types.ts";
export type { AttachOptions, BytesPoolOptions, SharedPoolStats, StructPoolOptions } from "./types.ts";
export type { WaitOptions } from "./waiting-line.ts";
