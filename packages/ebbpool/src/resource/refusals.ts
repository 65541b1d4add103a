import { PoolError } from "../base/errors.ts";

/** What callers are told; `state` says how the pool stands. */
export const refusals = {
	drained: (method: "acquire" | "warmUp" = "acquire") =>
		new PoolError("ERR_POOL_DRAINED", `ResourcePool.${method}: expected a pool, got a drained one`),

	queueFull: (maxWaiting: number, state: string) =>
		new PoolError(
			"ERR_POOL_QUEUE_FULL",
			`ResourcePool.acquire: expected at most ${maxWaiting} waiting for others' resources; ${state}`,
		),

	late: (timeout: number, state: string, failure: { readonly error: unknown } | undefined) =>
		new PoolError(
			"ERR_POOL_TIMEOUT",
			`ResourcePool.acquire: expected a resource within ${timeout} ms; ${state}`,
			failure && { cause: failure.error },
		),

	lateDrain: (timeout: number, state: string) =>
		new PoolError(
			"ERR_POOL_TIMEOUT",
			`ResourcePool.drain: expected all resources back within ${timeout} ms; ${state}`,
		),

	/** What a creation failed with whose resource broke, where nothing more is known. */
	stillborn: () =>
		new PoolError("ERR_POOL_HOOK", "ResourcePool: hook create: expected a resource that is not retired"),
};
