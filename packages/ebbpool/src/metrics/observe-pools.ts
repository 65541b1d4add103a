import { expectEngine } from "../base/engine.ts";
import { expectValue, type Rule } from "../base/rules.ts";
import { INSTRUMENTS, type Observation } from "./instruments.ts";
import { listPools, type PoolSnapshot } from "./list-pools.ts";
import type { Attributes, MeterLike, Observable, Observations } from "./meter.ts";
import { publishSlowPaths } from "./publish.ts";
import { recordTimes } from "./record-times.ts";

/** How a pool is told from others: unnamed ones of a kind are one. */
function attributesOf({ kind, name }: PoolSnapshot): Attributes {
	const attributes: Attributes = { "ebbpool.pool.kind": kind };
	if (name === undefined) return attributes;
	const key = kind === "ResourcePool" ? "db.client.connection.pool.name" : "ebbpool.pool.name";
	return { ...attributes, [key]: name };
}

/**
 * Registers observable instruments on an OpenTelemetry meter, over every pool of this thread, those made later included. Pools
 * of one kind and one name, and those without a name, are summed up. The meter asks when it exports; only the times of
 * `ResourcePool`s (to create, to wait, in use) are recorded when they pass.
 *
 * @param meter - a `Meter` of `@opentelemetry/api`
 * @returns a function that ends it
 * @throws `ERR_POOL_ARGUMENT` if that is no meter
 *
 * @example
 * ```ts no-run
 * import { type MeterLike, observePools } from "ebbpool/metrics";
 *
 * declare const meter: MeterLike; // metrics.getMeter("my-service") of @opentelemetry/api
 * const stop = observePools(meter);
 * ```
 */
export function observePools(meter: MeterLike): () => void {
	expectEngine("observePools", "Map", "Set", "JSON");
	expectValue("ERR_POOL_ARGUMENT", "observePools: meter", meter, aMeter);
	publishSlowPaths();
	const instruments = INSTRUMENTS.map((instrument) => {
		const { name, type, unit, description } = instrument;
		const options = { unit, description };
		const observable: Observable =
			type === "counter"
				? meter.createObservableCounter(name, options)
				: meter.createObservableUpDownCounter(name, options);
		return { instrument, observable };
	});
	const observables = instruments.map(({ observable }) => observable);
	const observe = (result: Observations) => {
		const pools = listPools();
		for (const { instrument, observable } of instruments) {
			for (const [attributes, value] of summed(pools, (pool) => instrument.observe(pool))) {
				result.observe(observable, value, attributes);
			}
		}
	};
	meter.addBatchObservableCallback(observe, observables);
	const stopRecording = recordTimes(meter);
	return () => {
		meter.removeBatchObservableCallback(observe, observables);
		stopRecording();
	};
}

/** Sums what pools with the same attributes contribute: of two observations of one series, a meter would keep the last. */
function summed(
	pools: readonly PoolSnapshot[],
	observe: (pool: PoolSnapshot) => readonly Observation[],
): Iterable<[Attributes, number]> {
	const series = new Map<string, [Attributes, number]>();
	for (const pool of pools) {
		for (const { value, attributes } of observe(pool)) {
			const all = { ...attributesOf(pool), ...attributes };
			const key = JSON.stringify(all);
			series.set(key, [all, value + (series.get(key)?.[1] ?? 0)]);
		}
	}
	return series.values();
}

const METHODS = [
	"createObservableCounter",
	"createObservableUpDownCounter",
	"createHistogram",
	"addBatchObservableCallback",
	"removeBatchObservableCallback",
] as const;

const aMeter: Rule = {
	expected: "a meter of OpenTelemetry",
	accepts: (value) =>
		METHODS.every((method) => typeof (value as Partial<MeterLike> | null)?.[method] === "function"),
};
