import { test } from "node:test";
import { Pool as StandIn } from "@ebbpool/tarn";
import { assert } from "chai";
import fc from "fast-check";
import { Pool as Original } from "tarn";
import { type Config, run, type Step } from "./differential/history.ts";

/** The same histories every time where people wait for them, and others each time where nobody does. */
const RUNS = process.env["EBBPOOL_LONG"] === undefined ? { numRuns: 500, seed: 1 } : { numRuns: 10_000 };

const which = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ do: fc.constant("acquire" as const) }) },
	{ weight: 6, arbitrary: fc.record({ do: fc.constant("release" as const), which }) },
	{
		weight: 2,
		arbitrary: fc.record({ do: fc.constantFrom("abort" as const, "invalidate" as const), which }),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constantFrom("failing create" as const, "release unknown" as const, "check" as const),
		}),
	},
);
const config: fc.Arbitrary<Config> = fc.record({
	max: fc.integer({ min: 1, max: 3 }),
	validates: fc.boolean(),
	propagateCreateError: fc.boolean(),
	steps: fc.array(step, { minLength: 1, maxLength: 20 }),
});

/** What happened in each step, to each resource and caller in its order. */
const comparable = (log: readonly string[][]) =>
	log.map((step) => {
		const streams = new Map<string, string[]>();
		for (const entry of step) {
			const [, of = entry] = /(\w+)$/.exec(entry) ?? [];
			streams.set(of, [...(streams.get(of) ?? []), entry]);
		}
		return [...streams.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entries]) => entries);
	});

test(`tarn and the stand-in show their users the same in ${RUNS.numRuns} random histories`, async () => {
	await fc.assert(
		fc.asyncProperty(config, async (history) => {
			const expected = await run(Original as never, history);
			assert.deepEqual(comparable(await run(StandIn as never, history)), comparable(expected));
		}),
		RUNS,
	);
});
