import { PoolError, type ResourcePoolOptions } from "ebbpool/resource";
import type { PooledClient } from "./client.ts";

/** The longest delay that timers take, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/** What a pool reads of its options; the rest is for its clients. */
// biome-ignore lint/suspicious/noExplicitAny: as lenient as pg-pool, whose options often come from the environment as texts.
export type Options = Record<string, any>;

/**
 * The options as `pg-pool` keeps them: a copy with its defaults, in which secrets are not enumerable, so that they are
 * in no log. Clients are made with it.
 */
export function ownOptions(given: Options | null | undefined): Options {
	const options: Options = {};
	// Inherited ones too: whatever is read is what was given.
	for (const key in given) options[key] = given[key];
	if (given != null && "password" in given) {
		Object.defineProperty(options, "password", {
			configurable: true,
			enumerable: false,
			writable: true,
			value: given["password"],
		});
	}
	if (options["ssl"]?.key) Object.defineProperty(options["ssl"], "key", { enumerable: false });
	options["max"] = options["max"] || options["poolSize"] || 10;
	options["min"] = options["min"] || 0;
	options["maxUses"] = options["maxUses"] || Number.POSITIVE_INFINITY;
	options["allowExitOnIdle"] = options["allowExitOnIdle"] || false;
	options["maxLifetimeSeconds"] = options["maxLifetimeSeconds"] || 0;
	if (options["idleTimeoutMillis"] === undefined) options["idleTimeoutMillis"] = 10_000;
	return options;
}

/** The resource pool that the options describe. */
export function resourceOptions<C extends PooledClient>(
	options: Options,
): Omit<ResourcePoolOptions<C>, "create"> {
	const max = Math.ceil(numberIn(options, "max"));
	return {
		...onlyOurs(options),
		max,
		// Fewer than none is none, and fewer than one use is one, as there.
		min: Math.max(0, Math.min(Math.ceil(numberIn(options, "min")), max)),
		maxUses: Math.max(1, Math.ceil(numberIn(options, "maxUses"))),
		acquireTimeout: duration(options, "connectionTimeoutMillis"),
		idleTimeout: duration(options, "idleTimeoutMillis"),
		maxLifetime: duration(options, "maxLifetimeSeconds", 1_000),
		// The pool cuts a connection that takes too long itself, and waits for `onConnect` and `verify` as long as they take.
		createTimeout: Number.POSITIVE_INFINITY,
	};
}

/** Options that `pg-pool` does not have; those that it has too are read with its rules. */
function onlyOurs({
	name,
	maxWaiting = Number.POSITIVE_INFINITY,
	leaseTimeout,
	destroyTimeout,
	drainTimeout = Number.POSITIVE_INFINITY,
	retryDelay = 10,
	maxRetryDelay = 100,
}: Options) {
	return { name, maxWaiting, leaseTimeout, destroyTimeout, drainTimeout, retryDelay, maxRetryDelay };
}

/** A duration in milliseconds; none, 0 and what no timer can wait for mean: no limit. */
export function duration(options: Options, key: string, unit = 1): number {
	const value = unit * numberIn(options, key);
	if (value === 0 || value > MAX_DELAY) return Number.POSITIVE_INFINITY;
	return Math.max(1, value);
}

function numberIn(options: Options, key: string): number {
	const value = Number(options[key] || 0);
	if (Number.isNaN(value)) {
		const got = JSON.stringify(options[key]);
		throw new PoolError("ERR_POOL_OPTION", `Pool: option ${key}: expected a number, got ${got}`);
	}
	return value;
}
