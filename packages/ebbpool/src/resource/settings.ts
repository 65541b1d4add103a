import {
	aFunction,
	anAbortSignal,
	expectOptions,
	expectValue,
	ofType,
	oneOf,
	type Rule,
} from "../options.ts";
import { NEVER } from "./alarms.ts";
import { count, milliseconds } from "./rules.ts";
import type { AcquireOptions, DrainOptions, ResourcePoolOptions } from "./types.ts";

const aDuration = milliseconds(1);

const RULES: Readonly<Record<keyof ResourcePoolOptions<unknown>, Rule>> = {
	name: ofType("string"),
	create: aFunction,
	destroy: aFunction,
	validate: aFunction,
	reset: aFunction,
	max: count(1),
	min: count(0),
	maxWaiting: count(0),
	acquireTimeout: aDuration,
	createTimeout: aDuration,
	validateTimeout: aDuration,
	resetTimeout: aDuration,
	destroyTimeout: aDuration,
	drainTimeout: aDuration,
	retryDelay: aDuration,
	idleTimeout: aDuration,
	maxLifetime: aDuration,
	maxUses: count(1),
	leaseTimeout: aDuration,
	releaseOnGC: ofType("boolean"),
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
	idleTimeout: 60_000,
	maxLifetime: 1_800_000,
	maxUses: NEVER,
	leaseTimeout: NEVER,
	releaseOnGC: false,
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
	expectOptions("ResourcePool", options, RULES);
	const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
	const settings = { ...DEFAULTS, ...given } as Settings<T>;
	expectValue("ERR_POOL_OPTION", "ResourcePool: option create", settings.create, aFunction);
	const atMostMax = {
		expected: `at most max, which is ${settings.max}`,
		accepts: () => settings.min <= settings.max,
	};
	expectValue("ERR_POOL_OPTION", "ResourcePool: option min", settings.min, atMostMax);
	return settings;
}

const aTimeout = milliseconds(0);

/** @throws `ERR_POOL_OPTION` */
export function checkAcquire(options: AcquireOptions): void {
	expectOptions("acquire", options, { signal: anAbortSignal, timeout: aTimeout });
}

/** @throws `ERR_POOL_OPTION` */
export function checkDrain(options: DrainOptions): void {
	expectOptions("drain", options, { timeout: aTimeout });
}
