import {
	aBoolean,
	aCount,
	aDuration,
	aFunction,
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
	maxWaiting: aCount(0),
	acquireTimeout: aTimeLimit,
	createTimeout: aTimeLimit,
	validateTimeout: aTimeLimit,
	resetTimeout: aTimeLimit,
	destroyTimeout: aTimeLimit,
	drainTimeout: aTimeLimit,
	retryDelay: aTimeLimit,
	maxRetryDelay: aTimeLimit,
	createFailure: oneOf("all", "one", "none"),
	idleTimeout: aTimeLimit,
	maxLifetime: aTimeLimit,
	maxUses: aCount(1),
	leaseTimeout: aTimeLimit,
	releaseOnGC: aBoolean,
	validateNew: aBoolean,
	order: oneOf("lifo", "fifo"),
};

const DEFAULTS = {
	max: 10,
	min: 0,
	maxWaiting: 1000,
	acquireTimeout: 30_000,
	createTimeout: 10_000,
	validateTimeout: 5_000,
	resetTimeout: 5_000,
	destroyTimeout: 5_000,
	drainTimeout: 30_000,
	retryDelay: 50,
	maxRetryDelay: 2_000,
	createFailure: "all",
	idleTimeout: 60_000,
	maxLifetime: 1_800_000,
	maxUses: NEVER,
	leaseTimeout: NEVER,
	releaseOnGC: false,
	validateNew: false,
	order: "lifo",
} satisfies Partial<ResourcePoolOptions<unknown>>;

type Optional = "name" | "destroy" | "validate" | "reset";

/** A pool's options, all that have a default filled in. */
export type Settings<T> = Required<Omit<ResourcePoolOptions<T>, Optional | keyof typeof DEFAULTS>> &
	Pick<ResourcePoolOptions<T>, Optional> & {
		readonly [K in keyof typeof DEFAULTS]: NonNullable<ResourcePoolOptions<T>[K]>;
	};

/** @throws `ERR_POOL_OPTION` for a missing `create`, an unknown option, a wrong type or a number out of range */
export function settingsOf<T>(options: ResourcePoolOptions<T>): Settings<T> {
	const settings = { ...DEFAULTS, ...readOptions("ResourcePool", options, RULES) } as Settings<T>;
	expectValue("ERR_POOL_OPTION", "ResourcePool: option create", settings.create, aFunction);
	const atMostMax = {
		expected: `at most max, which is ${settings.max}`,
		accepts: () => settings.min <= settings.max,
	};
	expectValue("ERR_POOL_OPTION", "ResourcePool: option min", settings.min, atMostMax);
	return settings;
}

const aTimeout = aDuration(0);

/** @throws `ERR_POOL_OPTION` */
export function readAcquireOptions(options: AcquireOptions): AcquireOptions {
	return readOptions("acquire", options, { signal: anAbortSignal, timeout: aTimeout });
}

/** @throws `ERR_POOL_OPTION` */
export function readDrainOptions(options: DrainOptions): DrainOptions {
	return readOptions("drain", options, { timeout: aTimeout });
}
