import { assert } from "chai";
import { Pool } from "ebbpool";
import { expectCode, expectEquations, expectGathered, rejectionOf, thrownBy } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { refusing, withThen } from "../support/thenables.ts";

interface Item {
	readonly id: number;
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

function counting() {
	let made = 0;
	return new Pool<Item>({ new: () => ({ id: made++ }), stats: true });
}

function failingReset(failure: Error) {
	const disposed: Item[] = [];
	const pool = new Pool<Item>({
		new: () => ({ id: 0 }),
		reset() {
			throw failure;
		},
		dispose: (item) => void disposed.push(item),
		stats: true,
	});
	return { pool, disposed };
}

export const use: Suite = {
	name: "use",
	cases: [
		{
			name: "runs the callback with an item, returns its result and puts the item back",
			run() {
				const pool = counting();
				const result = pool.use((item) => {
					assert.deepEqual(item, { id: 0 });
					assert.strictEqual(pool.stats().local, 0);
					return "result";
				});
				assert.strictEqual(result, "result");
				assert.deepInclude(pool.stats(), { gets: 1, puts: 1, local: 1 });
				expectEquations(pool.stats());
			},
		},
		{
			name: "puts the item back when the callback throws, and the error reaches the caller",
			run() {
				const pool = counting();
				for (const failure of [new Error("work"), undefined]) {
					const work = () => {
						throw failure;
					};
					let reached = false;
					try {
						pool.use(work);
					} catch (error) {
						reached = true;
						assert.strictEqual(error, failure);
					}
					assert.isTrue(reached, "use threw");
					assert.strictEqual(pool.stats().local, 1);
				}
			},
		},
		{
			name: "nested uses have different items",
			run() {
				const pool = counting();
				const ids = pool.use((a) => pool.use((b) => [a.id, b.id]));
				assert.deepEqual(ids, [0, 1]);
				assert.strictEqual(pool.stats().local, 2);
			},
		},
		{
			name: "keeps the item out until a returned promise is fulfilled, and gives its value",
			async run() {
				const pool = counting();
				const result = pool.use(async (item) => {
					await turn();
					return item.id;
				});
				assert.instanceOf(result, Promise);
				assert.strictEqual(pool.stats().local, 0);
				assert.strictEqual(await result, 0);
				assert.deepInclude(pool.stats(), { local: 1, puts: 1 });
			},
		},
		{
			name: "puts the item back when the promise is rejected, and the reason reaches the caller",
			async run() {
				const pool = counting();
				const failure = new Error("work");
				const result = pool.use(async () => {
					await turn();
					throw failure;
				});
				assert.strictEqual(pool.stats().local, 0);
				assert.strictEqual(await rejectionOf(result), failure);
				assert.deepInclude(pool.stats(), { local: 1, puts: 1 });
			},
		},
		{
			name: "waits for any thenable, not only for promises",
			async run() {
				const pool = counting();
				let settle: ((value: string) => void) | undefined;
				const thenable: PromiseLike<string> = withThen((onFulfilled: (value: string) => void) => {
					settle = onFulfilled;
				});
				const result = pool.use(() => thenable);
				await turn();
				assert.strictEqual(pool.stats().local, 0);
				assert.isDefined(settle);
				settle?.("value");
				assert.strictEqual(await result, "value");
				assert.deepInclude(pool.stats(), { local: 1, puts: 1 });
			},
		},
		{
			name: "a thenable that settles twice puts the item back once",
			async run() {
				const pool = counting();
				const hasty: PromiseLike<string> = withThen(
					(onFulfilled: (value: string) => void, onRejected: (reason: unknown) => void) => {
						onFulfilled("first");
						onRejected(new Error("second"));
						onFulfilled("third");
					},
				);
				assert.strictEqual(await pool.use(() => hasty), "first");
				await turn();
				assert.deepInclude(pool.stats(), { local: 1, puts: 1 });
			},
		},
		{
			name: "what refuses to be asked for `then` is no promise: as an item, and as what work returns",
			async run() {
				const pool = new Pool({ new: refusing, stats: true });
				const result = refusing();
				assert.isTrue(pool.use(() => result) === result);
				assert.deepInclude(pool.stats(), { misses: 1, local: 1, puts: 1, out: 0 });
			},
		},
		{
			name: "a thousand uses at a time have a thousand items, and all come back",
			async run() {
				const pool = counting();
				const seen = new Set<Item>();
				const work = async (item: Item) => {
					assert.isFalse(seen.has(item));
					seen.add(item);
					await turn();
				};
				await Promise.all(Array.from({ length: 1000 }, () => pool.use(work)));
				assert.strictEqual(seen.size, 1000);
				assert.deepInclude(pool.stats(), { local: 1000, misses: 1000, puts: 1000 });
			},
		},
		{
			name: "without `new` the callback of an empty pool is given undefined, and nothing goes back",
			run() {
				const pool = new Pool<Item>({ stats: true });
				assert.strictEqual(
					pool.use((item) => item),
					undefined,
				);
				assert.deepInclude(pool.stats(), { gets: 1, misses: 1, puts: 0, local: 0 });
			},
		},
		{
			name: "an error of reset reaches the caller although the callback returned",
			async run() {
				const failure = new Error("reset");
				const { pool, disposed } = failingReset(failure);
				assert.strictEqual(
					thrownBy(() => pool.use(() => "result")),
					failure,
				);
				assert.strictEqual(await rejectionOf(pool.use(async () => "result")), failure);
				assert.lengthOf(disposed, 2);
				assert.deepInclude(pool.stats(), { rejected: 2, local: 0 });
			},
		},
		{
			name: "errors of the callback and of reset become one ERR_POOL_HOOK with both",
			async run() {
				const first = new Error("work");
				const second = new Error("reset");
				const { pool, disposed } = failingReset(second);
				const work = () => {
					throw first;
				};
				expectGathered(
					thrownBy(() => pool.use(work)),
					[first, second],
				);
				expectGathered(await rejectionOf(pool.use(async () => work())), [first, second]);
				assert.lengthOf(disposed, 2);
			},
		},
		{
			name: "a callback that is no function is ERR_POOL_ARGUMENT, and takes no item",
			run() {
				const pool = counting();
				for (const work of [undefined, null, 3, "work", {}])
					expectCode("ERR_POOL_ARGUMENT", () => pool.use(work as unknown as () => void));
				assert.deepInclude(pool.stats(), { gets: 0, misses: 0 });
			},
		},
		{
			name: "puts the item back once, however often the promise's own `then` calls back",
			async run() {
				const pool = counting();
				const eager = Object.assign(Promise.resolve(), {
					// biome-ignore lint/suspicious/noThenProperty: a promise that somebody gave another `then`.
					then(fulfilled: (value: string) => void, rejected: (reason: unknown) => void) {
						fulfilled("first");
						fulfilled("second");
						rejected(new Error("third"));
					},
				});
				assert.strictEqual(await pool.use(() => eager as unknown as Promise<string>), "first");
				await turn();
				assert.deepInclude(pool.stats(), { gets: 1, puts: 1, local: 1 });
			},
		},
	],
};
