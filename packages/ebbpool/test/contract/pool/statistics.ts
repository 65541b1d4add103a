import { assert } from "chai";
import { Pool, poolCleanup } from "ebbpool";
import { expectEquations } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

/** Park and Miller's generator: the same steps on every engine. */
function randomSteps(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state * 48271) % 0x7fffffff;
		return state % below;
	};
}

const KEYS = [
	"name",
	"gets",
	"hits",
	"victimHits",
	"misses",
	"puts",
	"rejected",
	"discarded",
	"out",
	"evicted",
	"cleared",
	"disposed",
	"local",
	"victim",
];

export const statistics: Suite = {
	name: "stats",
	cases: [
		{
			name: "is a frozen snapshot with exactly the published keys",
			run() {
				for (const stats of [true, false]) {
					const pool = new Pool<string>({ stats, name: "n" });
					const before = pool.stats();
					assert.sameMembers(Object.keys(before), KEYS);
					assert.isTrue(Object.isFrozen(before));
					assert.strictEqual(before.name, "n");
					pool.put("a");
					assert.strictEqual(before.local, 0);
					assert.strictEqual(pool.stats().local, 1);
					assert.notStrictEqual(pool.stats(), pool.stats());
				}
			},
		},
		{
			name: "gets, hits and puts are counted exactly with `stats: true` and undefined without",
			run() {
				for (const stats of [undefined, false, true]) {
					let made = 0;
					const pool = new Pool({ new: () => made++, stats });
					pool.get();
					pool.put(7);
					pool.put(8);
					pool.get();
					const counted = stats === true ? { gets: 2, hits: 1, puts: 2 } : {};
					assert.deepInclude(pool.stats(), {
						gets: undefined,
						hits: undefined,
						puts: undefined,
						...counted,
						misses: 1,
						victimHits: 0,
						local: 1,
					});
				}
			},
		},
		{
			name: "a fresh pool counts nothing",
			run() {
				const { name, ...counts } = new Pool({ stats: true }).stats();
				assert.strictEqual(name, undefined);
				for (const [key, count] of Object.entries(counts)) assert.strictEqual(count, 0, key);
			},
		},
		{
			name: "a miss is counted with and without `new`",
			run() {
				const pool = new Pool<string>({ stats: true });
				pool.get();
				pool.new = () => "made";
				pool.get();
				assert.deepInclude(pool.stats(), { gets: 2, misses: 2, hits: 0 });
			},
		},
		...[true, false].map((hooked) => ({
			name: `gets and puts add up after every one of 20,000 random steps ${hooked ? "with" : "without"} a dispose hook`,
			run() {
				for (const order of ["local-first", "victim-first"] as const) {
					const random = randomSteps(hooked ? 20_130_101 : 20_261_231);
					let disposals = 0;
					let made = 0;
					const pool = new Pool<number>({
						new: () => made++,
						keep: (n) => n % 7 !== 0,
						dispose: hooked ? () => void disposals++ : undefined,
						order,
						stats: true,
					});
					const out: number[] = [];
					const steps = [
						...Array(12).fill(() => void out.push(pool.get())),
						...Array(12).fill(() => pool.put(out.pop())),
						() => pool.discard(out.pop()),
						() => poolCleanup(),
						() => random(10) === 0 && pool.clear(),
					];
					for (let i = 0; i < 20_000; i++) {
						steps[random(steps.length)]();
						expectEquations(pool.stats(), hooked);
					}
					pool[Symbol.dispose]();
					while (out.length > 0) pool.put(out.pop());
					const stats = pool.stats();
					expectEquations(stats, hooked);
					assert.deepInclude(stats, { local: 0, victim: 0, misses: made, disposed: disposals });
					for (const count of [stats.hits, stats.victimHits, stats.rejected, stats.evicted, stats.cleared])
						assert.isAbove(count ?? 0, 0, "the steps reach every counter");
				}
			},
		})),
	],
};
