import { test } from "node:test";
import StandIn from "@ebbpool/pg-pool";
import { assert } from "chai";
import fc from "fast-check";
import pg from "pg";
import Original from "pg-pool";
import type { LentStep, Program, Step } from "./differential/program.ts";
import { type PoolClass, Run } from "./differential/run.ts";
import { Postgres } from "./support/postgres.ts";
import { missing } from "./support/programs.ts";

/** The same programs every time where people wait for them, and others each time where nobody does. */
const RUNS = process.env["EBBPOOL_LONG"] === undefined ? { numRuns: 24, seed: 1 } : { numRuns: 400 };

const callback = fc.boolean();
const which = fc.nat(9);
const lent = (...steps: LentStep[]): fc.Arbitrary<Step> =>
	fc.record({ do: fc.constantFrom(...steps), which });
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 18, arbitrary: fc.record({ do: fc.constant("connect" as const), callback }) },
	{
		weight: 12,
		arbitrary: fc.record({ do: fc.constantFrom("query" as const, "failing query" as const), callback }),
	},
	{ weight: 12, arbitrary: lent("release") },
	{ weight: 18, arbitrary: lent("use", "fail", "begin", "begin", "commit", "roll back") },
	{ weight: 6, arbitrary: lent("release with an error", "kill lent", "kill while it works") },
	{ weight: 6, arbitrary: fc.record({ do: fc.constant("kill idle" as const), which }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant("end" as const) }) },
);
const program: fc.Arbitrary<Program> = fc.record({
	max: fc.integer({ min: 1, max: 3 }),
	maxUses: fc.constantFrom(Number.POSITIVE_INFINITY, 3),
	steps: fc.array(step, { minLength: 10, maxLength: 30 }),
});

/**
 * What happened in each step: to each client in its order, and then what callers and `end` were told. The known differences
 * are those of the programs on stubs: who waits is served inside `release` by pg-pool and right after it by the stand-in,
 * which shows in the order between clients only; and `end` answers when the clients are told to end by pg-pool, and when
 * they have ended by the stand-in.
 */
const comparable = (log: readonly string[][]) =>
	log.map((entries) => {
		const streams = new Map<string, string[]>();
		for (const entry of entries) {
			const [, client = entry] =
				/^(?:connect|acquire|release|remove|error|client|caller \d+: client) (\d+)/.exec(entry) ?? [];
			streams.set(client, [...(streams.get(client) ?? []), entry]);
		}
		return [...streams.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stream]) => stream);
	});

test(`pg-pool and the stand-in show their users the same on a real server in ${RUNS.numRuns} random programs`, {
	skip: missing("postgres", "initdb"),
	timeout: 3_000_000,
}, async () => {
	const server = await Postgres.start();
	const observer = new pg.Client(server.connection);
	try {
		await observer.connect();
		await observer.query("create table ledger (run int)");
		await fc.assert(
			fc.asyncProperty(program, async (given) => {
				const run = (Pool: unknown) => new Run(Pool as PoolClass, given, server.connection, observer).log();
				const expected = await run(Original);
				const actual = await run(StandIn);
				// As text, which is shown in full where they differ.
				for (const [i, entries] of comparable(expected).entries()) {
					assert.equal(JSON.stringify(comparable(actual)[i]), JSON.stringify(entries), `step ${i + 1}`);
				}
				assert.equal(actual.length, expected.length);
			}),
			// A smaller program with the same difference would take minutes to find.
			{ ...RUNS, endOnFailure: true },
		);
	} finally {
		await observer.end();
		await server.end();
	}
});
