import { Pool, type PoolOptions } from "ebbpool";
import type { Session } from "./session.ts";

/** Where the items of a workload come from: the only thing in which its two variants differ. */
export const VARIANTS = ["fresh", "pooled"] as const;
export type Variant = (typeof VARIANTS)[number];

/** A source of items, as a workload sees it. */
export type Items<T> = Pick<Pool<T>, "get" | "put">;

/** A workload that can be run either way. */
export interface Workload {
	readonly name: string;
	/** What one operation does, in a few words. */
	readonly summary: string;
	open(variant: Variant): Promise<Session>;
}

interface WorkloadDefinition<T, Pooled extends T> {
	readonly name: string;
	readonly summary: string;
	readonly pool: PoolOptions<Pooled> & { readonly new: () => Pooled };
	/** What a good engineer writes where there is no pool, if that is not `pool.new`. */
	readonly fresh?: () => T;
	open(items: Items<T>): Session | Promise<Session>;
}

/** Makes a workload of one function over a source of items. */
export function defineWorkload<T, Pooled extends T = T>(definition: WorkloadDefinition<T, Pooled>): Workload {
	const { name, summary, pool, fresh } = definition;
	const sources: Record<Variant, () => Items<T>> = {
		fresh: () => (fresh ? { get: fresh, put() {} } : { get: pool.new, put: pool.dispose ?? (() => {}) }),
		pooled: () => new Pool<Pooled>({ name, ...pool }),
	};
	return { name, summary, open: async (variant) => definition.open(sources[variant]()) };
}
