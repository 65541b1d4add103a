/** Makes and destroys what is pooled. */
export interface Factory<T> {
	create(): Promise<T>;
	destroy(client: T): Promise<void>;
	validate?(client: T): Promise<boolean>;
}

export interface Options {
	max?: number;
	min?: number;
	maxWaitingClients?: number;
	testOnBorrow?: boolean;
	/** Without effect, as in generic-pool. */
	testOnReturn?: boolean;
	acquireTimeoutMillis?: number;
	destroyTimeoutMillis?: number;
	fifo?: boolean;
	priorityRange?: number;
	autostart?: boolean;
	evictionRunIntervalMillis?: number;
	numTestsPerEvictionRun?: number;
	softIdleTimeoutMillis?: number;
	idleTimeoutMillis?: number;
	Promise?: PromiseConstructor;
	/** Names the pool in its statistics and errors. generic-pool has none. */
	name?: string;
	/** Milliseconds after which a resource that is still out is reported: by the event `leak`, or to the console. generic-pool has none. */
	leaseTimeout?: number;
}

/** Refuses what generic-pool refuses, with its texts. */
export function checkFactory(factory: Partial<Factory<never>>): void {
	for (const name of ["create", "destroy"] as const) {
		if (typeof factory[name] !== "function") throw new TypeError(`factory.${name} must be a function`);
	}
	if (factory.validate !== undefined && typeof factory.validate !== "function") {
		throw new TypeError("factory.validate must be a function");
	}
}

/** The options with generic-pool's defaults, and read as leniently: numbers may be texts, and what is none counts as not given. */
export function settingsOf(options: Options = {}) {
	const given = options ?? {};
	const max = Math.max(whole(given.max) ?? 1, 1);
	return {
		max,
		min: Math.min(whole(given.min) ?? 0, max),
		maxWaitingClients: given.maxWaitingClients === undefined ? undefined : whole(given.maxWaitingClients),
		acquireTimeoutMillis: given.acquireTimeoutMillis ? (whole(given.acquireTimeoutMillis) ?? 0) : undefined,
		destroyTimeoutMillis: given.destroyTimeoutMillis ? whole(given.destroyTimeoutMillis) : undefined,
		fifo: typeof given.fifo === "boolean" ? given.fifo : true,
		testOnBorrow: given.testOnBorrow === true,
		testOnReturn: given.testOnReturn === true,
		autostart: given.autostart !== false,
		priorityRange: given.priorityRange || 1,
		evictionRunIntervalMillis: given.evictionRunIntervalMillis || 0,
		numTestsPerEvictionRun: given.numTestsPerEvictionRun || 3,
		softIdleTimeoutMillis: given.softIdleTimeoutMillis || -1,
		idleTimeoutMillis: given.idleTimeoutMillis || 30_000,
		Promise: given.Promise ?? globalThis.Promise,
		name: given.name,
		leaseTimeout: given.leaseTimeout,
	};
}

export type Settings = ReturnType<typeof settingsOf>;

function whole(value: unknown): number | undefined {
	const number = Number.parseInt(String(value), 10);
	return Number.isNaN(number) ? undefined : number;
}
