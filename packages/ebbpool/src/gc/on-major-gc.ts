import { aFunction, expectValue } from "../base/rules.ts";
import { runtime } from "./runtime.ts";

/**
 * Calls `listener` once for each major garbage collection of this thread, in a later task; several collections in one
 * synchronous turn give one call. It keeps neither the process nor a worker alive.
 *
 * @returns a function that ends it
 * @throws `ERR_POOL_ARGUMENT` if `listener` is not a function; what the listener throws goes where uncaught errors go
 *
 * @example
 * ```ts
 * import { onMajorGC } from "ebbpool";
 *
 * const cache = new Map<string, object>();
 * const stop = onMajorGC(() => cache.clear());
 * stop();
 * ```
 */
export function onMajorGC(listener: () => void): () => void {
	expectValue("ERR_POOL_ARGUMENT", "onMajorGC: listener", listener, aFunction);
	return runtime().listen(listener);
}
