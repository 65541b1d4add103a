import type { Scenario } from "./scenario.ts";

/** Each is loaded only where it is wanted, so that a peer's process loads nothing of ours. */
const LOADERS = {
	pair: async () => (await import("./pair.ts")).pair,
	"out-64": async () => (await import("./out-64.ts")).out64,
	"out-64-aged": async () => (await import("./out-64.ts")).out64Aged,
	hooks: async () => (await import("./hooks.ts")).hooks,
	"byte-hooks": async () => (await import("./byte-hooks.ts")).byteHooks,
	overflow: async () => (await import("./overflow.ts")).overflow,
	starvation: async () => (await import("./starvation.ts")).starvation,
	"expensive-new": async () => (await import("./expensive-new.ts")).expensiveNew,
	"gc-pause": async () => (await import("./gc-pause.ts")).gcPause,
	"many-pools": async () => (await import("./many-pools.ts")).manyPools,
	demotion: async () => (await import("./demotion.ts")).demotion,
	"rent-1k": async () => (await import("./rent.ts")).rent1K,
	"rent-64k": async () => (await import("./rent.ts")).rent64K,
	"rent-1m": async () => (await import("./rent.ts")).rent1M,
	"encode-documents": async () => (await import("./encode.ts")).encodeDocuments,
	"encode-records": async () => (await import("./encode.ts")).encodeRecords,
	"encode-mqtt": async () => (await import("./encode.ts")).encodeMqtt,
	"read-file-64k": async () => (await import("./files.ts")).readFile64K,
	"read-file-1m": async () => (await import("./files.ts")).readFile1M,
	"read-file-16m": async () => (await import("./files.ts")).readFile16M,
	"read-chunks": async () => (await import("./files.ts")).chunks,
	"shared-pair": async () => (await import("./shared-pair.ts")).sharedPair,
	"shared-threads": async () => (await import("./shared-threads.ts")).sharedThreads,
	"shared-adopt": async () => (await import("./shared-adopt.ts")).sharedAdopt,
	"shared-unused": async () => (await import("./shared-unused.ts")).sharedUnused,
	"hand-over": async () => (await import("./hand-over.ts")).handOver,
	"struct-access": async () => (await import("./struct-access.ts")).structAccess,
	acquire: async () => (await import("./acquire.ts")).acquire,
	"acquire-off": async () => (await import("./acquire.ts")).acquireOff,
	"acquire-limits": async () => (await import("./acquire.ts")).acquireLimits,
	"acquire-hooks": async () => (await import("./acquire.ts")).acquireHooks,
	"stand-ins": async () => (await import("./stand-ins.ts")).standIns,
	"stand-ins-waiters": async () => (await import("./stand-ins.ts")).standInsWaiters,
	waiters: async () => (await import("./waiters.ts")).waiters,
	crowd: async () => (await import("./waiters.ts")).crowd,
	signal: async () => (await import("./signal.ts")).signal,
} satisfies Record<string, () => Promise<Scenario>>;

export type ScenarioName = keyof typeof LOADERS;

export const SCENARIOS = Object.keys(LOADERS) as readonly ScenarioName[];

export function isScenario(name: string): name is ScenarioName {
	return Object.hasOwn(LOADERS, name);
}

export function loadScenario(name: ScenarioName): Promise<Scenario> {
	return LOADERS[name]();
}
