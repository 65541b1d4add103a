import { Deque } from "./deque.ts";
import { DefaultEvictor } from "./evictor.ts";
import type { Factory, Options } from "./options.ts";
import { Pool } from "./pool.ts";
import { PriorityQueue } from "./priority-queue.ts";

export type { Evictor as IEvictor, EvictorConfig as IEvictorConfig } from "./evictor.ts";
export type { Factory, Options } from "./options.ts";
export type { PooledResource } from "./pooled-resource.ts";
export { createPool, DefaultEvictor, Deque, Pool, PriorityQueue };

function createPool<T>(factory: Factory<T>, options?: Options): Pool<T> {
	return new Pool<T>(DefaultEvictor, Deque, PriorityQueue, factory, options);
}

// biome-ignore lint/style/noCommonJs: as generic-pool does, for those who import the whole module as its default
module.exports = { Pool, Deque, PriorityQueue, DefaultEvictor, createPool };
