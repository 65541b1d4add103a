export { PoolError, type PoolErrorCode } from "../base/errors.ts";
export type { AbortSignalLike } from "../base/signal.ts";
export {
	BufferPool,
	type BufferPoolOptions,
	type BufferPoolStats,
	type SizeClassStats,
} from "./buffer-pool.ts";
export { ByteBuffer } from "./byte-buffer.ts";
export type { ByteBufferOptions } from "./byte-region.ts";
export type { BlobLike, BodyLike, ByteSource, ReadableStreamLike, ReadFromOptions } from "./read-from.ts";
export {
	type RetainCalibratedOptions,
	type RetainPolicy,
	type RetainUsedOptions,
	retain,
	type SizingRetainPolicy,
} from "./retain.ts";
export type { StorageSource } from "./storage-source.ts";
export type { WritableLike } from "./writable.ts";
export type { ByteSink, WritableStreamLike, WriteToOptions } from "./write-to.ts";
