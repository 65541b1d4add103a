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
	/** How long it runs before anything is measured: until V8 has compiled all that it is going to. */
	readonly warmUpMs: number;
	open(variant: Variant): Promise<Session>;
}

const DEFAULT_WARM_UP_MS = 200;

interface WorkloadDefinition<T, Pooled extends T> {
	readonly name: string;
	readonly summary: string;
	readonly pool: PoolOptions<Pooled> & { readonly new: () => Pooled };
	readonly warmUpMs?: number;
	/** What a good engineer writes where there is no pool, if that is not `pool.new`. */
	readonly fresh?: () => T;
	open(items: Items<T>): Session | Promise<Session>;
}

/** Makes a workload of one function over a source of items. */
export function defineWorkload<T, Pooled extends T = T>(definition: WorkloadDefinition<T, Pooled>): Workload {
	const { name, summary, warmUpMs = DEFAULT_WARM_UP_MS, pool, fresh } = definition;
	const sources: Record<Variant, () => Items<T>> = {
		fresh: () => (fresh ? { get: fresh, put() {} } : { get: pool.new, put: pool.dispose ?? (() => {}) }),
		pooled: () => new Pool<Pooled>({ name, ...pool }),
	};
	return { name, summary, warmUpMs, open: async (variant) => definition.open(sources[variant]()) };
}
