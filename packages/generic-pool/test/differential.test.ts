import { test } from "node:test";
import { createPool as standIn } from "@ebbpool/generic-pool";
import { assert } from "chai";
import fc from "fast-check";
import { createPool as original } from "generic-pool";
import { type Config, run, type Step } from "./differential/history.ts";

/** The same histories every time where people wait for them, and others each time where nobody does. */
const RUNS = process.env["EBBPOOL_LONG"] === undefined ? { numRuns: 500, seed: 1 } : { numRuns: 10_000 };

const which = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ do: fc.constant("acquire" as const), priority: fc.nat(3) }) },
	{ weight: 6, arbitrary: fc.record({ do: fc.constant("release" as const), which }) },
	{
		weight: 2,
		arbitrary: fc.record({ do: fc.constantFrom("destroy" as const, "invalidate" as const), which }),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constantFrom("use" as const, "failing use" as const, "release unknown" as const),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant("failing create" as const) }) },
);
const config: fc.Arbitrary<Config> = fc
	.record({
		max: fc.integer({ min: 1, max: 3 }),
		min: fc.nat(2),
		fifo: fc.boolean(),
		testOnBorrow: fc.boolean(),
		priorityRange: fc.integer({ min: 1, max: 3 }),
		maxWaitingClients: fc.constantFrom(undefined, 0, 2),
		steps: fc.array(step, { minLength: 1, maxLength: 20 }),
	})
	.map(({ min, ...others }) => ({ ...others, min: Math.min(min, others.max) }));

/** What happened in each step, to each resource and each caller in its order; who is lent a resource counts as happening to it. */
const comparable = (log: readonly string[][]) =>
	log.map((step) => {
		const streams = new Map<string, string[]>();
		for (const entry of step) {
			const [, resource, caller] =
				/^(?:caller \d+: (?=\d)|created |destroyed )(\d+)|^(caller \d+)/.exec(entry) ?? [];
			const of = resource ?? caller ?? entry;
			streams.set(of, [...(streams.get(of) ?? []), entry]);
		}
		return [...streams.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entries]) => entries);
	});

test(`generic-pool and the stand-in show their users the same in ${RUNS.numRuns} random histories`, async () => {
	await fc.assert(
		fc.asyncProperty(config, async (history) => {
			const expected = await run(original as never, history);
			assert.deepEqual(comparable(await run(standIn as never, history)), comparable(expected));
		}),
		RUNS,
	);
});
