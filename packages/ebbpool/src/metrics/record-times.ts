import { type ListedPool, watchPools } from "../base/pool-list.ts";
import type { ResourcePool } from "../resource/resource-pool.ts";
import type { MeterLike } from "./meter.ts";

/** What is recorded, by the event that tells of it. */
const TIMES = [
	{ event: "open", name: "create_time", description: "The time it took to create a new connection" },
	{ event: "acquire", name: "wait_time", description: "The time that callers waited for a connection" },
	{
		event: "release",
		name: "use_time",
		description: "The time between borrowing a connection and returning it",
	},
] as const;

/**
 * Seconds: those that OpenTelemetry's conventions advise for the durations of database calls. A meter's own are made for
 * milliseconds, and would put all that takes less than 5 s into one bucket.
 */
const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/**
 * Records times of every `ResourcePool`, those made later included, in histograms on a meter.
 *
 * @returns what ends it
 */
export function recordTimes(meter: MeterLike): () => void {
	const histograms = TIMES.map(({ event, name, description }) => ({
		event,
		histogram: meter.createHistogram(`db.client.connection.${name}`, {
			unit: "s",
			description,
			advice: { explicitBucketBoundaries: BUCKETS },
		}),
	}));
	const stops = new Set<() => void>();
	const listen = (pool: ListedPool) => {
		const attributes: Record<string, string> = { "ebbpool.pool.kind": "ResourcePool" };
		if (pool.name !== undefined) attributes["db.client.connection.pool.name"] = pool.name;
		for (const { event, histogram } of histograms) {
			const record = (_: unknown, milliseconds: number | undefined) => {
				if (milliseconds !== undefined) histogram.record(milliseconds / 1_000, attributes);
			};
			stops.add((pool as ResourcePool<unknown>).on(event, record));
		}
	};
	const stopWatching = watchPools((kind, pool) => {
		if (kind === "ResourcePool") listen(pool);
	});
	return () => {
		stopWatching();
		for (const stop of stops) stop();
	};
}
