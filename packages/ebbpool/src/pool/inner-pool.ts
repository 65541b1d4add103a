import { Pool as LocalPool } from "./local-pool.ts";
import type { Pool } from "./pool.ts";
import type { PoolOptions } from "./types.ts";

/** A pool that is a part of another one: it is neither listed nor instrumented, as the whole is. */
export function innerPool<T>(options: PoolOptions<T> & { readonly new: () => T }): Pool<T> {
	return new LocalPool<T>(options, true) as unknown as Pool<T>;
}
