import { PoolError } from "./errors.ts";

/**
 * A value for a property of what means nothing in another thread: whoever clones it for a message is told what to post.
 * `JSON.stringify` writes nothing of it.
 */
export function unposted(instead: string, got: string): object {
	const trap = {
		get unposted(): never {
			throw new PoolError("ERR_POOL_ARGUMENT", `postMessage: expected ${instead}, got ${got}`);
		},
	};
	return Object.defineProperty(trap, "toJSON", { value: () => undefined });
}
