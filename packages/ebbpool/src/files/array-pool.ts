import { PoolError } from "../base/errors.ts";
import { describe, type Rule } from "../base/rules.ts";
import { isBytes } from "../bytes/expect.ts";

/** Rents arrays: a `BufferPool`. */
export interface ArrayPool {
	get(minLength: number): Uint8Array<ArrayBuffer>;
	put(array: Uint8Array<ArrayBuffer>): void;
	discard(array: Uint8Array<ArrayBuffer>): void;
}

export const anArrayPool: Rule = {
	expected: "a BufferPool",
	accepts: (value) =>
		["get", "put", "discard"].every(
			(method) => typeof (value as Record<string, unknown> | null | undefined)?.[method] === "function",
		),
};

/**
 * Takes an array of at least so many bytes, which the pool may not have: a `Pool` looks like one of arrays until it gives
 * its first item.
 *
 * @param what - the parameter or option that the pool is
 */
export function rent(pool: ArrayPool, minLength: number, what: string): Uint8Array<ArrayBuffer> {
	const array = pool.get(minLength);
	const length = isBytes(array) ? array.length : undefined;
	if (length !== undefined && length >= minLength) return array;
	pool.put(array);
	const got = length === undefined ? describe(array) : `one of ${length}`;
	throw new PoolError(
		"ERR_POOL_ARGUMENT",
		`${what}: expected a pool that gives a Uint8Array of at least ${minLength} bytes, got ${got} from it`,
	);
}
