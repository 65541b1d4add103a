import type { PoolSnapshot } from "./list-pools.ts";

/** One instrument: how it is described, and what a pool contributes to it. */
export interface Instrument {
	readonly name: string;
	/** `counter`: only grows; `gauge`: goes up and down, and is summed over pools. */
	readonly type: "counter" | "gauge";
	readonly unit: string;
	readonly description: string;
	/** What a pool contributes, by further attributes; nothing where the pool is of another kind or does not count that. */
	observe(pool: PoolSnapshot): readonly Observation[];
}

export interface Observation {
	readonly value: number;
	readonly attributes?: Readonly<Record<string, string>>;
}

const nothing: readonly Observation[] = [];

/** The value, unless the pool does not count it. */
const counted = (value: number | undefined, attributes?: Readonly<Record<string, string>>): Observation[] =>
	value === undefined ? [] : [{ value, ...(attributes && { attributes }) }];

interface Items {
	readonly gets: number | undefined;
	readonly hits: number | undefined;
	readonly misses: number;
	readonly puts: number | undefined;
	readonly evicted: number;
	readonly local: number;
	readonly victim: number;
	readonly victimHits: number;
	readonly out?: number | undefined;
}

/** The sum over the parts of a pool, or `undefined` if one of them does not count that. */
function sum(parts: readonly Items[], of: (part: Items) => number | undefined): number | undefined {
	let total = 0;
	for (const part of parts) {
		const value = of(part);
		if (value === undefined) return undefined;
		total += value;
	}
	return total;
}

/** An instrument over the items of `Pool` and `BufferPool`. */
const ofItems = (
	name: string,
	type: Instrument["type"],
	unit: string,
	description: string,
	of: (part: Items) => number | undefined,
): Instrument => ({
	name: `ebbpool.pool.${name}`,
	type,
	unit,
	description,
	observe(pool) {
		if (pool.kind === "Pool") return counted(of(pool.stats));
		if (pool.kind === "BufferPool") return counted(sum(pool.stats.classes, of));
		return nothing;
	},
});

/** An instrument over the slots of `SharedPool`. */
const ofSlots = (
	name: string,
	type: Instrument["type"],
	description: string,
	of: (stats: Extract<PoolSnapshot, { kind: "SharedPool" }>["stats"]) => readonly Observation[],
): Instrument => ({
	name: `ebbpool.shared.${name}`,
	type,
	unit: "{slot}",
	description,
	observe: (pool) => (pool.kind === "SharedPool" ? of(pool.stats) : nothing),
});

/** An instrument over the connections of `ResourcePool`, after OpenTelemetry's conventions for database clients. */
const ofConnections = (
	name: string,
	type: Instrument["type"],
	unit: string,
	description: string,
	of: (stats: Extract<PoolSnapshot, { kind: "ResourcePool" }>["stats"]) => readonly Observation[],
): Instrument => ({
	name: `db.client.connection.${name}`,
	type,
	unit,
	description,
	observe: (pool) => (pool.kind === "ResourcePool" ? of(pool.stats) : nothing),
});

const state = (name: string) => ({ "db.client.connection.state": name });

/** All that `observePools` registers, histograms aside. */
export const INSTRUMENTS: readonly Instrument[] = [
	ofItems("gets", "counter", "{get}", "Gets, where the pool counts them (stats: true)", (part) => part.gets),
	ofItems("hits", "counter", "{get}", "Gets that a pooled item served (stats: true)", (part) =>
		part.hits === undefined ? undefined : part.hits + part.victimHits,
	),
	ofItems("misses", "counter", "{get}", "Gets that found the pool empty", (part) => part.misses),
	ofItems("puts", "counter", "{put}", "Puts, where the pool counts them (stats: true)", (part) => part.puts),
	ofItems("evicted", "counter", "{item}", "Items let go of because nobody took them", (part) => part.evicted),
	ofItems("items", "gauge", "{item}", "Items in the pool", (part) => part.local + part.victim),
	ofItems("out", "gauge", "{item}", "Items got and not come back (stats: true)", (part) => part.out),
	{
		name: "ebbpool.pool.bytes",
		type: "gauge",
		unit: "By",
		description: "Bytes in a BufferPool, or in all slots of a SharedPool",
		observe(pool) {
			if (pool.kind === "BufferPool") return counted(pool.stats.bytes);
			return pool.kind === "SharedPool" ? counted(pool.stats.slots * pool.stats.slotSize) : nothing;
		},
	},
	ofSlots("slots", "gauge", "Slots that exist, by whether a thread has them", ({ free, held }) => [
		{ value: free, attributes: { "ebbpool.shared.state": "free" } },
		{ value: held, attributes: { "ebbpool.shared.state": "held" } },
	]),
	ofSlots("reclaimed", "counter", "Slots taken back from threads that died", ({ reclaimed }) =>
		counted(reclaimed),
	),
	ofConnections(
		"count",
		"gauge",
		"{connection}",
		"Connections that are open, by state",
		({ idle, inUse, checking, resetting, opening, closing }) => [
			{ value: idle, attributes: state("idle") },
			{ value: inUse + checking + resetting, attributes: state("used") },
			{ value: opening, attributes: state("opening") },
			{ value: closing, attributes: state("closing") },
		],
	),
	ofConnections("max", "gauge", "{connection}", "Connections that may be open at a time", ({ max }) =>
		counted(Number.isFinite(max) ? max : undefined),
	),
	ofConnections("idle.min", "gauge", "{connection}", "Connections that are kept although idle", ({ min }) =>
		counted(min),
	),
	ofConnections(
		"pending_requests",
		"gauge",
		"{request}",
		"Callers that wait for a connection",
		({ waiting }) => counted(waiting),
	),
	ofConnections(
		"timeouts",
		"counter",
		"{timeout}",
		"Callers that waited in vain until their time was over",
		(stats) => counted(stats.rejected.timeout),
	),
	ofConnections(
		"leaks",
		"counter",
		"{connection}",
		"Leases that lasted longer than leaseTimeout",
		({ leaks }) => counted(leaks),
	),
];
