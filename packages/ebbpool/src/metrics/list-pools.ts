import { listedPools, type PoolKind } from "../base/pool-list.ts";
import type { BufferPoolStats } from "../bytes/buffer-pool.ts";
import type { PoolStats } from "../pool/types.ts";
import type { ResourcePoolStats } from "../resource/types.ts";
import type { SharedPoolStats } from "../shared/types.ts";

interface StatsOf {
	readonly Pool: PoolStats;
	readonly BufferPool: BufferPoolStats;
	readonly SharedPool: SharedPoolStats;
	readonly ResourcePool: ResourcePoolStats;
}

/** A pool of this thread as it is now; `kind` is the name of its class, and tells which `stats` it has. */
export type PoolSnapshot = {
	readonly [Kind in PoolKind]: {
		readonly kind: Kind;
		readonly name: string | undefined;
		readonly stats: StatsOf[Kind];
	};
}[PoolKind];

/**
 * Snapshots of all pools of this thread that are still in memory, of every copy of this package, in the order in which they
 * were made. Being listed keeps none alive. Empty on engines without `WeakRef`.
 *
 * @example
 * ```ts
 * import { Pool } from "ebbpool";
 * import { listPools } from "ebbpool/metrics";
 *
 * const pool = new Pool({ name: "lists", new: () => [] as number[] });
 * pool.put([]);
 * const mine = listPools().find(({ name }) => name === "lists");
 * if (mine?.kind === "Pool") console.log(mine.stats.local, pool.stats().local); // 1 1
 * ```
 */
export function listPools(): PoolSnapshot[] {
	return listedPools().map(
		({ kind, pool }) => ({ kind, name: pool.name, stats: pool.stats() }) as unknown as PoolSnapshot,
	);
}
