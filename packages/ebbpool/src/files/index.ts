export { PoolError, type PoolErrorCode } from "../base/errors.ts";
export type { AbortSignalLike } from "../base/signal.ts";
export type { Lease } from "../pool/types.ts";
export type { ArrayPool } from "./array-pool.ts";
export { type ReadChunksOptions, readChunks } from "./read-chunks.ts";
export { type FilePath, type ReadFileOptions, readFile } from "./read-file.ts";
export { type ReadSocketOptions, readSocket } from "./read-socket.ts";
