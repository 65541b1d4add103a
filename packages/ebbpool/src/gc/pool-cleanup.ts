import { throwAll } from "../base/errors.ts";
import { runtime } from "./runtime.ts";

/**
 * Ages every pool of this thread by one generation, as a major collection would: what was put since the last aging
 * becomes the victim generation, and what was the victim generation is let go.
 *
 * @throws what `dispose` hooks throw; several errors as one `ERR_POOL_HOOK`, after every pool has aged
 *
 * @example
 * ```ts
 * import { Pool, poolCleanup } from "ebbpool";
 *
 * const pool = new Pool<string>();
 * pool.put("a");
 * poolCleanup();
 * console.log(pool.stats().victim); // 1
 * poolCleanup();
 * console.log(pool.get()); // undefined
 * ```
 */
export function poolCleanup(): void {
	throwAll("poolCleanup", runtime().ageAll());
}
