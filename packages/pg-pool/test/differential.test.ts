import { test } from "node:test";
import StandIn from "@ebbpool/pg-pool";
import { assert } from "chai";
import fc from "fast-check";
import Original from "pg-pool";
import { type Config, run, type Step } from "./differential/history.ts";

/** The same histories every time where people wait for them, and others each time where nobody does. */
const RUNS = process.env["EBBPOOL_LONG"] === undefined ? { numRuns: 500, seed: 1 } : { numRuns: 10_000 };

const which = fc.nat(9);
const callback = fc.boolean();
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ do: fc.constant("connect" as const), callback }) },
	{ weight: 5, arbitrary: fc.record({ do: fc.constant("release" as const), which }) },
	{
		weight: 3,
		arbitrary: fc.record({ do: fc.constantFrom("query" as const, "failing query" as const), callback }),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constantFrom("break" as const, "release again" as const, "lose" as const, "end client" as const),
			which,
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom("failing connect" as const, "end" as const) }) },
);
const config: fc.Arbitrary<Config> = fc.record({
	max: fc.integer({ min: 1, max: 3 }),
	maxUses: fc.constantFrom(Number.POSITIVE_INFINITY, 2),
	steps: fc.array(step, { minLength: 1, maxLength: 20 }),
});

/**
 * What happened in each step: to each client in its order, and then what callers and `end` were told. Known differences:
 * who waits is served inside `release` by pg-pool and right after it by the stand-in, which shows in the order between
 * clients only; and `end` answers when the clients are told to end by pg-pool, and when they have ended by the stand-in.
 */
const comparable = (log: readonly string[][]) =>
	log.map((step) => {
		const streams = new Map<string, string[]>();
		for (const entry of step) {
			const [, client = entry] =
				/^(?:connect|acquire|release|remove|error.*|caller \d+: client) (\d+)/.exec(entry) ?? [];
			streams.set(client, [...(streams.get(client) ?? []), entry]);
		}
		return [...streams.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entries]) => entries);
	});

test(`pg-pool and the stand-in show their users the same in ${RUNS.numRuns} random histories`, async () => {
	await fc.assert(
		fc.asyncProperty(config, async (history) => {
			const expected = await run(Original as never, history);
			assert.deepEqual(comparable(await run(StandIn as never, history)), comparable(expected));
		}),
		RUNS,
	);
});
