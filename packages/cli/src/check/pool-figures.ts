import { listPools, type PoolSnapshot } from "ebbpool/metrics";
import type { PoolFigures } from "../report/model.ts";

/** What the pools of this thread did, those of one name, and those without, summed up. */
export function poolFigures(): PoolFigures[] {
	return sumOfPools(listPools().flatMap((pool) => figuresOf(pool)));
}

/** Sums up what pools of one name did. */
export function sumOfPools(all: readonly PoolFigures[]): PoolFigures[] {
	const sums = new Map<string | undefined, PoolFigures>();
	for (const each of all) {
		const before = sums.get(each.name);
		sums.set(each.name, before === undefined ? each : sum(before, each));
	}
	return [...sums.values()];
}

function sum(a: PoolFigures, b: PoolFigures): PoolFigures {
	const both = (x: number | undefined, y: number | undefined) =>
		x === undefined || y === undefined ? undefined : x + y;
	return {
		name: a.name,
		pools: a.pools + b.pools,
		gets: both(a.gets, b.gets),
		hits: both(a.hits, b.hits),
		misses: a.misses + b.misses,
		evicted: a.evicted + b.evicted,
		pooled: a.pooled + b.pooled,
		bytes: both(a.bytes, b.bytes),
	};
}

type ItemStats = Extract<PoolSnapshot, { kind: "Pool" }>["stats"];

/** Nothing for pools whose items are counted otherwise: blocks of a `SharedPool` and connections. */
function figuresOf({ kind, name, stats }: PoolSnapshot): PoolFigures[] {
	if (kind === "Pool") return [figures(name, stats, undefined)];
	if (kind !== "BufferPool") return [];
	const classes = stats.classes.map((each) => figures(name, each, undefined));
	const none = { name, pools: 1, gets: 0, hits: 0, misses: 0, evicted: 0, pooled: 0, bytes: undefined };
	return [{ ...classes.reduce(sum, none), pools: 1, bytes: stats.bytes }];
}

type Counts = Pick<ItemStats, "gets" | "hits" | "victimHits" | "misses" | "evicted" | "local" | "victim">;

function figures(name: string | undefined, stats: Counts, bytes: number | undefined): PoolFigures {
	const { gets, hits, victimHits, misses, evicted, local, victim } = stats;
	return {
		name,
		pools: 1,
		gets,
		hits: hits === undefined ? undefined : hits + victimHits,
		misses,
		evicted,
		pooled: local + victim,
		bytes,
	};
}
