import {
	aBoolean,
	aCount,
	aDuration,
	aFunction,
	anInteger,
	aString,
	expectValue,
	NEVER,
	oneOf,
	type Rule,
	readOptions,
} from "../base/rules.ts";
import { anAbortSignal } from "../base/signal.ts";
import type { AcquireOptions, DrainOptions, ResourcePoolOptions } from "./types.ts";

const aTimeLimit = aDuration(1);

const RULES: Readonly<Record<keyof ResourcePoolOptions<unknown>, Rule>> = {
	name: aString,
	create: aFunction,
	destroy: aFunction,
	validate: aFunction,
	reset: aFunction,
	max: aCount(1),
	min: aCount(0),
	warm: aBoolean,
	maxWaiting: aCount(0),
	acquireTimeout: aTimeLimit,
	createTimeout: aTimeLimit,
	validateTimeout: aTimeLimit,
	resetTimeout: aTimeLimit,
	destroyTimeout: aTimeLimit,
	drainTimeout: aTimeLimit,
	retryCreate: aBoolean,
	retryDelay: aTimeLimit,
	maxRetryDelay: aTimeLimit,
	validateNew: aBoolean,
	idleTimeout: aTimeLimit,
	maxLifetime: aTimeLimit,
	maxUses: aCount(1),
	leaseTimeout: aTimeLimit,
	releaseOnGC: aBoolean,
	order: oneOf("lifo", "fifo"),
};

const DEFAULTS = {
	max: 10,
	min: 0,
	warm: false,
	maxWaiting: 1000,
	acquireTimeout: 30_000,
	createTimeout: 10_000,
	validateTimeout: 5_000,
	resetTimeout: 5_000,
	destroyTimeout: 5_000,
	drainTimeout: 30_000,
	retryCreate: false,
	retryDelay: 50,
	maxRetryDelay: 1_000,
	validateNew: false,
	idleTimeout: 60_000,
	maxLifetime: 1_800_000,
	maxUses: NEVER,
	leaseTimeout: NEVER,
	releaseOnGC: false,
	order: "lifo",
} satisfies Partial<ResourcePoolOptions<unknown>>;

type Optional = "name" | "destroy" | "validate" | "reset";

type Complete<T> = Required<Omit<ResourcePoolOptions<T>, Optional | keyof typeof DEFAULTS>> &
	Pick<ResourcePoolOptions<T>, Optional> & {
		readonly [K in keyof typeof DEFAULTS]: NonNullable<ResourcePoolOptions<T>[K]>;
	};

/** A pool's options, all that have a default filled in; two of them may be changed. */
export type Settings<T> = Omit<Complete<T>, "min" | "max"> & { min: number; max: number };

/** @throws `ERR_POOL_OPTION` for a missing `create`, an unknown option, a wrong type or a number out of range */
export function settingsOf<T>(options: ResourcePoolOptions<T>): Settings<T> {
	const settings = { ...DEFAULTS, ...readOptions("ResourcePool", options, RULES) } as Settings<T>;
	expectValue("ERR_POOL_OPTION", "ResourcePool: option create", settings.create, aFunction);
	return withLimit(settings, "min", settings.min, "ResourcePool: option min");
}

/**
 * Changes one of the two limits.
 *
 * @throws `ERR_POOL_OPTION` unless `min` stays a number from 0 to `max`
 */
export function withLimit<T>(
	settings: Settings<T>,
	limit: "min" | "max",
	value: unknown,
	what = `ResourcePool.${limit}`,
): Settings<T> {
	expectValue("ERR_POOL_OPTION", what, value, RULES[limit]);
	const { min, max } = settings;
	const withinOther =
		limit === "min"
			? { expected: `at most max, which is ${max}`, accepts: () => (value as number) <= max }
			: { expected: `at least min, which is ${min}`, accepts: () => (value as number) >= min };
	expectValue("ERR_POOL_OPTION", what, value, withinOther);
	settings[limit] = value as number;
	return settings;
}

const ACQUIRE_RULES = {
	signal: anAbortSignal,
	timeout: aDuration(0),
	priority: anInteger(0, 99),
};

/** @throws `ERR_POOL_OPTION` */
export function readAcquireOptions(options: AcquireOptions, method: "acquire" | "use"): AcquireOptions {
	return readOptions(`ResourcePool.${method}`, options, ACQUIRE_RULES);
}

const DRAIN_RULES = { timeout: aDuration(0) };

/** @throws `ERR_POOL_OPTION` */
export function readDrainOptions(options: DrainOptions): DrainOptions {
	return readOptions("ResourcePool.drain", options, DRAIN_RULES);
}
