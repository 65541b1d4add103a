import { test } from "node:test";
import fc from "fast-check";
import { behaviours } from "./model/behaviours.ts";
import { CheckedPool, type Hook } from "./model/checked-pool.ts";

const NUM_RUNS = process.env.EBBPOOL_LONG === "1" ? 100_000 : 500;

type Step = (pool: CheckedPool, pick: number) => void;

function takeLoan(pool: CheckedPool, pick: number) {
	const [loan] = pool.loans.splice(pick % Math.max(1, pool.loans.length), 1);
	return loan ?? { item: pool.makeItem() };
}

const steps: Record<string, Step> = {
	get: (pool) => pool.get(),
	lease: (pool) => pool.get("lease"),
	put: (pool, pick) => pool.put(takeLoan(pool, pick)),
	discard: (pool, pick) => pool.discard(takeLoan(pool, pick)),
	age: (pool) => pool.age(),
	clear: (pool) => pool.clear(),
	dispose: (pool) => pool.dispose(),
};

function oneOf<Name extends string>(weights: Record<Name, number>): fc.Arbitrary<Name> {
	const names = Object.keys(weights) as Name[];
	return fc.oneof(...names.map((name) => ({ arbitrary: fc.constant(name), weight: weights[name] })));
}

const behaviour = oneOf<keyof typeof behaviours>({
	calm: 40,
	refuse: 8,
	throw: 8,
	promise: 4,
	get: 6,
	lease: 4,
	put: 6,
	putAnother: 6,
	discard: 4,
	clear: 4,
	age: 4,
	dispose: 1,
	putBack: 8,
});

const step = fc.record({
	name: oneOf({ get: 40, lease: 15, put: 50, discard: 5, age: 10, clear: 4, dispose: 1 }),
	pick: fc.nat(20),
	script: fc.array(behaviour, { maxLength: 8 }),
});

const configuration = fc.record({
	order: fc.constantFrom("local-first", "victim-first"),
	stats: fc.boolean(),
	hooks: fc.subarray<Hook>(["new", "reset", "keep", "dispose"]),
});

test("whatever is called, from hooks too, the pool does what its model does", () => {
	fc.assert(
		fc.property(configuration, fc.array(step, { maxLength: 60, size: "max" }), (configured, script) => {
			const pool = new CheckedPool(configured);
			for (const { name, pick, script: hooks } of script) {
				const act = steps[name] as Step;
				pool.run(
					(checked) => act(checked, pick),
					hooks.map((hook) => behaviours[hook]),
				);
			}
			pool.run((checked) => checked.dispose(), []);
			for (const loan of pool.loans.splice(0)) pool.run((checked) => checked.put(loan), []);
		}),
		{ numRuns: NUM_RUNS },
	);
});
