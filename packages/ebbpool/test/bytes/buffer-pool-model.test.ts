import { test } from "node:test";
import fc from "fast-check";
import { CheckedBufferPool } from "./model/checked-buffer-pool.ts";

const NUM_RUNS = process.env.EBBPOOL_LONG === "1" ? 100_000 : 500;

type Step = (checked: CheckedBufferPool) => void;

const length = fc.oneof(fc.nat(70), fc.nat(600), fc.constantFrom(0, 64, 65, 80, 128, 129, 256, 500, 512));
const pick = fc.nat(1000);
const value = fc.nat(255);

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 10,
		arbitrary: length.map(
			(n): Step =>
				(checked) =>
					checked.get(n),
		),
	},
	{
		weight: 10,
		arbitrary: fc.tuple(pick, value).map(
			([which, byte]): Step =>
				(checked) =>
					checked.put(which, byte),
		),
	},
	{
		weight: 3,
		arbitrary: fc.tuple(length, fc.boolean(), value).map(
			([n, whole, byte]): Step =>
				(checked) =>
					checked.putForeign(n, whole, byte),
		),
	},
	{
		weight: 1,
		arbitrary: pick.map(
			(which): Step =>
				(checked) =>
					checked.transfer(which),
		),
	},
	{ weight: 3, arbitrary: fc.constant<Step>((checked) => checked.age()) },
	{ weight: 1, arbitrary: fc.constant<Step>((checked) => checked.clear()) },
);

const configuration = fc.record({
	maxLength: fc.oneof(fc.constantFrom(64, 256, 500), fc.integer({ min: 1, max: 600 })),
	zero: fc.constantFrom("put" as const, false as const),
	order: fc.constantFrom("local-first" as const, "victim-first" as const),
	stats: fc.boolean(),
});

test("whatever is called, the pool of arrays does what its model does", (t) => {
	const seed = Number(process.env.EBBPOOL_SEED ?? Date.now() % 2 ** 31);
	t.diagnostic(`${NUM_RUNS} runs, EBBPOOL_SEED=${seed}`);
	fc.assert(
		fc.property(
			configuration,
			fc.array(step, { maxLength: 60, size: "max" }),
			fc.array(step, { maxLength: 5, size: "max" }),
			(configured, steps, afterDispose) => {
				const checked = new CheckedBufferPool(configured);
				const run = (act: Step) => {
					act(checked);
					checked.check();
				};
				steps.forEach(run);
				run((each) => each.dispose());
				afterDispose.forEach(run);
				while (checked.out.length > 0) run((each) => each.put(0, 1));
			},
		),
		{ numRuns: NUM_RUNS, seed },
	);
});
