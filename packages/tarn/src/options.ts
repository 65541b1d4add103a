import type { ResourcePoolOptions } from "ebbpool/resource";

export type Callback<T> = (error: Error | null, resource: T) => unknown;
// biome-ignore lint/suspicious/noExplicitAny: as tarn has it: any result, or a promise of the resource
export type CallbackOrPromise<T> = (callback: Callback<T>) => any | (() => Promise<T>);

export interface PoolOptions<T> {
	/** Calls back, or returns the resource or a promise of it. */
	create: CallbackOrPromise<T>;
	destroy: (resource: T) => unknown;
	min: number;
	max: number;
	acquireTimeoutMillis?: number;
	createTimeoutMillis?: number;
	destroyTimeoutMillis?: number;
	idleTimeoutMillis?: number;
	createRetryIntervalMillis?: number;
	reapIntervalMillis?: number;
	log?: (message: string, level?: "warn") => unknown;
	validate?: (resource: T) => boolean | PromiseLike<boolean>;
	propagateCreateError?: boolean;
	/** Names the pool in its statistics and errors. tarn has none. */
	name?: string;
	/** Most callers that may wait for others' resources; one more is rejected with `ERR_POOL_QUEUE_FULL`. tarn has no bound: default `Infinity`. */
	maxWaiting?: number;
	/** Milliseconds after which a resource that is still out is reported: by the event `leak`, or to the console. tarn has none. */
	leaseTimeout?: number;
}

const TIMES = [
	"acquireTimeoutMillis",
	"createTimeoutMillis",
	"destroyTimeoutMillis",
	"idleTimeoutMillis",
	"reapIntervalMillis",
	"createRetryIntervalMillis",
] as const;

const OURS: readonly (keyof ResourcePoolOptions<unknown>)[] = ["name", "maxWaiting", "leaseTimeout"];

const KNOWN: ReadonlySet<string> = new Set([
	"create",
	"validate",
	"destroy",
	"log",
	"min",
	"max",
	"propagateCreateError",
	...TIMES,
	...OURS,
]);

/** Refuses what tarn refuses, with its texts. */
export function checkOptions<T>(options: Partial<PoolOptions<T>>): void {
	if (!options.create) throw new Error("Tarn: opt.create function most be provided");
	if (!options.destroy) throw new Error("Tarn: opt.destroy function most be provided");
	const { min, max } = options;
	if (!isWhole(min) || min < 0) throw new Error("Tarn: opt.min must be an integer >= 0");
	if (!isWhole(max) || max <= 0) throw new Error("Tarn: opt.max must be an integer > 0");
	if (min > max) throw new Error("Tarn: opt.max is smaller than opt.min");
	for (const key of TIMES) {
		const value = options[key];
		if (value !== undefined && !(isWhole(value) && value > 0)) {
			throw new Error(`Tarn: invalid opt.${key} ${JSON.stringify(value)}`);
		}
	}
	for (const key of Object.keys(options)) {
		if (!KNOWN.has(key)) throw new Error(`Tarn: unsupported option opt.${key}`);
	}
}

function isWhole(value: unknown): value is number {
	return typeof value === "number" && value === Math.round(value);
}
