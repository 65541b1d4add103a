import { assert } from "chai";
import { Pool, type PoolOptions, poolCleanup } from "ebbpool";
import { expectCode, expectEquations, expectGathered, thrownBy } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";
import { rejectingThenable, withThen } from "../support/thenables.ts";

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

type Hook = () => never;

/** A hook that the types forbid, as JavaScript callers can still write it. */
function returning(value: unknown): Hook {
	return (() => value) as Hook;
}

function throwing(error: unknown): Hook {
	return () => {
		throw error;
	};
}

/** What asynchronous hooks return when they fail. */
const rejecting: readonly (() => PromiseLike<never> & { handled?: boolean })[] = [
	() => rejectingThenable(),
	() => rejectingThenable(() => {}),
	() => Promise.reject(new Error("asynchronous hook")),
];

/** A pool that records what it disposed of; `hooks` are added to that. */
function recording(hooks: PoolOptions<object> = {}) {
	const disposed: object[] = [];
	const pool = new Pool<object>({ stats: true, dispose: (item) => void disposed.push(item), ...hooks });
	return { pool, disposed };
}

/** Each way to make `dispose` run inside a call, for an item that the pool then has let go of. */
const waysToDispose: Record<string, (hook: Hook) => { pool: Pool<object, undefined>; act: () => void }> = {
	"a rejecting put"(hook) {
		const pool = new Pool<object>({ keep: () => false, dispose: hook, stats: true });
		return { pool, act: () => pool.put({}) };
	},
	discard(hook) {
		const pool = new Pool<object>({ dispose: hook, stats: true });
		return { pool, act: () => pool.discard({}) };
	},
	clear(hook) {
		const pool = new Pool<object>({ dispose: hook, stats: true });
		pool.put({});
		return { pool, act: () => pool.clear() };
	},
	"the pool's own dispose"(hook) {
		const pool = new Pool<object>({ dispose: hook, stats: true });
		pool.put({});
		return { pool, act: () => pool[Symbol.dispose]() };
	},
	poolCleanup(hook) {
		const pool = new Pool<object>({ dispose: hook, stats: true });
		pool.put({});
		poolCleanup();
		return { pool, act: poolCleanup };
	},
};

const failingDispose = Object.entries(waysToDispose).flatMap(([name, make]): Case[] => [
	{
		name: `an error of dispose reaches the caller of ${name} as it is, and the item is gone`,
		run() {
			const failure = new Error("dispose");
			const { pool, act } = make(throwing(failure));
			assert.strictEqual(thrownBy(act), failure);
			assert.deepInclude(pool.stats(), { local: 0, victim: 0, disposed: 1 });
			expectEquations(pool.stats(), true);
		},
	},
	{
		name: `a thenable from dispose inside ${name} is ERR_POOL_HOOK, and its rejection is handled`,
		async run() {
			for (const makeThenable of rejecting) {
				const value = makeThenable();
				const { pool, act } = make(returning(value));
				assert.match(expectCode("ERR_POOL_HOOK", act).message, /dispose/);
				assert.deepInclude(pool.stats(), { local: 0, victim: 0, disposed: 1 });
				await turn();
				assert.notStrictEqual(value.handled, false);
			}
		},
	},
]);

const failingPut = (["reset", "keep"] as const).flatMap((hook): Case[] => [
	{
		name: `an error of ${hook} reaches the caller of put as it is; the item is disposed of and counted as rejected`,
		run() {
			for (const failure of [new Error(hook), "a string", undefined]) {
				const { pool, disposed } = recording({ [hook]: throwing(failure) });
				const item = {};
				let reached = false;
				try {
					pool.put(item);
				} catch (error) {
					reached = true;
					assert.strictEqual(error, failure);
				}
				assert.isTrue(reached, "put threw");
				assert.deepEqual(disposed, [item]);
				assert.deepInclude(pool.stats(), { rejected: 1, local: 0, disposed: 1 });
				expectEquations(pool.stats(), true);
				assert.strictEqual(pool.get(), undefined);
			}
		},
	},
	{
		name: `a thenable from ${hook} is ERR_POOL_HOOK; its rejection is handled and the item disposed of`,
		async run() {
			for (const makeThenable of rejecting) {
				const value = makeThenable();
				const { pool, disposed } = recording({ [hook]: returning(value) });
				const item = {};
				assert.match(expectCode("ERR_POOL_HOOK", () => pool.put(item)).message, new RegExp(hook));
				assert.deepEqual(disposed, [item]);
				assert.deepInclude(pool.stats(), { rejected: 1, local: 0 });
				expectEquations(pool.stats(), true);
				await turn();
				assert.notStrictEqual(value.handled, false);
			}
		},
	},
	{
		name: `a promise from ${hook} is ERR_POOL_HOOK whatever it resolves with`,
		run() {
			const { pool, disposed } = recording({ [hook]: returning(Promise.resolve(true)) });
			expectCode("ERR_POOL_HOOK", () => pool.put({}));
			assert.lengthOf(disposed, 1);
		},
	},
	{
		name: `a thenable from ${hook} whose then throws is ERR_POOL_HOOK all the same`,
		run() {
			const hostile = withThen(throwing(new Error("then")));
			const { pool, disposed } = recording({ [hook]: returning(hostile) });
			expectCode("ERR_POOL_HOOK", () => pool.put({}));
			assert.lengthOf(disposed, 1);
		},
	},
	{
		name: `errors of ${hook} and dispose inside one put become one ERR_POOL_HOOK with both`,
		run() {
			const first = new Error(hook);
			const second = new Error("dispose");
			const { pool } = recording({ [hook]: throwing(first), dispose: throwing(second) });
			expectGathered(
				thrownBy(() => pool.put({})),
				[first, second],
			);
			assert.deepInclude(pool.stats(), { rejected: 1, disposed: 1, local: 0 });
			expectEquations(pool.stats(), true);
		},
	},
]);

export const hookFailures: Suite = {
	name: "failing hooks",
	cases: [
		...failingPut,
		...failingDispose,
		{
			name: "after an error of reset, keep is not asked",
			run() {
				const { pool } = recording({
					reset: throwing(new Error("reset")),
					keep: () => assert.fail("asked about an unclean item"),
				});
				assert.strictEqual((thrownBy(() => pool.put({})) as Error).message, "reset");
			},
		},
		{
			name: "what reset returns does not matter unless it is a thenable",
			run() {
				for (const value of [1, false, {}, () => {}, withThen(1)]) {
					const { pool } = recording({ reset: returning(value) });
					pool.put({});
					assert.strictEqual(pool.stats().local, 1);
				}
			},
		},
		{
			name: "an error of `new` reaches the caller of get as it is, and nothing is lost",
			run() {
				const failure = new Error("new");
				const { pool, disposed } = recording({ new: throwing(failure) });
				const item = {};
				pool.put(item);
				assert.strictEqual(pool.get(), item);
				for (const take of [() => pool.get(), () => pool.lease(), () => pool.use(() => {})])
					assert.strictEqual(thrownBy(take), failure);
				pool.put(item);
				assert.strictEqual(pool.get(), item);
				assert.deepInclude(pool.stats(), { gets: 5, hits: 2, misses: 3, disposed: 0 });
				expectEquations(pool.stats(), true);
				pool.new = () => item;
				assert.strictEqual(pool.get(), item);
				assert.lengthOf(disposed, 0);
			},
		},
		{
			name: "a thenable from `new` is ERR_POOL_HOOK, its rejection is handled, and nobody gets it",
			async run() {
				for (const makeThenable of rejecting) {
					const value = makeThenable();
					const { pool } = recording({ new: returning(value) });
					for (const take of [() => pool.get(), () => pool.lease(), () => pool.use(() => {})])
						assert.match(expectCode("ERR_POOL_HOOK", take).message, /new/);
					assert.deepInclude(pool.stats(), { gets: 3, misses: 3, local: 0 });
					await turn();
					assert.notStrictEqual(value.handled, false);
				}
			},
		},
		{
			name: "what a promise from `new` resolves with is disposed of, since nobody gets it",
			async run() {
				const item = {};
				const { pool, disposed } = recording({ new: returning(Promise.resolve(item)) });
				expectCode("ERR_POOL_HOOK", () => pool.get());
				await turn();
				assert.deepEqual(disposed, [item]);
				assert.strictEqual(pool.stats().local, 0);
			},
		},
		{
			name: "an item with a property named then that is no function is no thenable",
			run() {
				const item: object = withThen(1);
				assert.strictEqual(new Pool(() => item).get(), item);
			},
		},
		{
			name: "clear disposes of every item although hooks throw, then throws all their errors as one",
			run() {
				const disposed: number[] = [];
				const errors = [0, 1, 2, 3, 4].map((i) => new Error(`dispose ${i}`));
				const pool = new Pool<number>({
					dispose(i) {
						disposed.push(i);
						throw errors[i];
					},
				});
				for (const letGo of [() => pool.clear(), () => pool[Symbol.dispose]()]) {
					disposed.length = 0;
					for (let i = 0; i < 5; i++) pool.put(i);
					const error = thrownBy(letGo);
					assert.sameMembers(disposed, [0, 1, 2, 3, 4]);
					expectGathered(
						error,
						disposed.map((i) => errors[i]),
					);
					letGo();
				}
			},
		},
		{
			name: "thrown errors and thenables of one call are gathered together",
			run() {
				const failure = new Error("dispose");
				const pool = new Pool<unknown>({
					dispose(item) {
						if (item === failure) throw failure;
						return Promise.resolve() as unknown as undefined;
					},
				});
				pool.put(failure);
				pool.put("asynchronous");
				const { errors } = expectCode("ERR_POOL_HOOK", () => pool.clear());
				assert.lengthOf(errors as unknown[], 2);
				assert.include(errors as unknown[], failure);
				const other = errors?.find((error) => error !== failure);
				assert.strictEqual((other as { code?: string }).code, "ERR_POOL_HOOK");
			},
		},
		{
			name: "a failing hook leaves the pool as usable as before",
			run() {
				let failing = true;
				const pool = new Pool<number>({
					stats: true,
					reset() {
						if (failing) throw new Error("reset");
					},
				});
				for (let i = 0; i < 10; i++) thrownBy(() => pool.put(i));
				failing = false;
				for (let i = 0; i < 10; i++) pool.put(i);
				assert.sameMembers(
					Array.from({ length: 10 }, () => pool.get()),
					[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
				);
				assert.deepInclude(pool.stats(), { puts: 20, rejected: 10, hits: 10 });
				expectEquations(pool.stats());
			},
		},
	],
};
