import { threadGlobal } from "./thread-global.ts";

/** A pool as others may list it. */
export interface ListedPool {
	readonly name: string | undefined;
	stats(): object;
}

/** Which class a pool is of; the name tells statistics of different shape apart. */
export type PoolKind = "Pool" | "BufferPool" | "SharedPool" | "ResourcePool";

interface Listing {
	readonly kind: PoolKind;
	readonly pool: WeakRef<ListedPool>;
}

type Watcher = (kind: PoolKind, pool: ListedPool) => void;

/** The pools of this thread, of all copies of the package, each held weakly; and who is told of each new one. */
const pools = threadGlobal("pools.3", () => ({
	listings: [] as Listing[],
	watchers: [] as readonly Watcher[],
}));

/** How many listings there may be before those of collected pools are looked for. */
let sweepAt = 64;

/** Lists a pool for {@link listedPools}; keeps nothing of it alive. */
export function listPool(kind: PoolKind, pool: ListedPool): void {
	if (typeof WeakRef === "undefined") return;
	if (pools.listings.length >= sweepAt) {
		pools.listings = pools.listings.filter((listing) => listing.pool.deref());
		sweepAt = Math.max(64, 2 * pools.listings.length);
	}
	pools.listings.push({ kind, pool: new WeakRef(pool) });
	for (const watcher of pools.watchers) watcher(kind, pool);
}

/** Tells of each pool that there is, and of each that is made until the returned function is called. */
export function watchPools(watcher: Watcher): () => void {
	for (const { kind, pool } of listedPools()) watcher(kind, pool);
	pools.watchers = [...pools.watchers, watcher];
	return () => {
		pools.watchers = pools.watchers.filter((each) => each !== watcher);
	};
}

/** The pools of this thread that are still in memory, in the order in which they were made. */
export function listedPools(): { readonly kind: PoolKind; readonly pool: ListedPool }[] {
	return pools.listings.flatMap(({ kind, pool }) => {
		const held = pool.deref();
		return held === undefined ? [] : [{ kind, pool: held }];
	});
}
