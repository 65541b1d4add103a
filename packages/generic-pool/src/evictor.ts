import type { PooledResource } from "./pooled-resource.ts";

export interface EvictorConfig {
	softIdleTimeoutMillis: number;
	idleTimeoutMillis: number;
	min: number;
}

/** Decides whether an idle resource is to be destroyed. */
export interface Evictor<T> {
	evict(config: EvictorConfig, pooledResource: PooledResource<T>, availableObjectsCount: number): boolean;
}

export class DefaultEvictor<T> implements Evictor<T> {
	evict(config: EvictorConfig, { lastIdleTime }: PooledResource<T>, availableObjectsCount: number): boolean {
		const idleTime = Date.now() - (lastIdleTime ?? 0);
		const { softIdleTimeoutMillis, idleTimeoutMillis, min } = config;
		const soft = softIdleTimeoutMillis > 0 && softIdleTimeoutMillis < idleTime && min < availableObjectsCount;
		return soft || idleTimeoutMillis < idleTime;
	}
}
