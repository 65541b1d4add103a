import { assert } from "chai";
import { configure, Pool, type PoolOptions, poolCleanup } from "ebbpool";
import { expectCode } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";

const NO_FUNCTIONS = [null, 0, 3, "f", true, {}, []];

const wrongValues: Record<string, readonly unknown[]> = {
	name: [null, 0, 3, true, {}, [], Symbol("name"), () => "name"],
	new: NO_FUNCTIONS,
	reset: NO_FUNCTIONS,
	keep: NO_FUNCTIONS,
	dispose: NO_FUNCTIONS,
	order: [null, 0, true, "", "fifo", "lifo", "local", "Local-First", ["local-first"], {}],
	stats: [null, 0, 1, "true", "", {}, []],
};

/** JavaScript callers can write what the types forbid. */
function make(options: unknown): Pool<unknown, unknown> {
	return new Pool(options as PoolOptions<unknown>);
}

function configureWith(options: unknown): void {
	configure(options as Parameters<typeof configure>[0]);
}

const MAX_DELAY = 2 ** 31 - 1;
const DEFAULT_IDLE_CLEANUP = 120_000;

export const options: Suite = {
	name: "options",
	cases: [
		...Object.entries(wrongValues).map(
			([option, values]): Case => ({
				name: `a wrong ${option} is ERR_POOL_OPTION and names the option`,
				run() {
					for (const value of values)
						assert.include(expectCode("ERR_POOL_OPTION", () => make({ [option]: value })).message, option);
				},
			}),
		),
		{
			name: "options behind a function are refused, not ignored",
			run() {
				const Constructor = Pool as unknown as new (...values: unknown[]) => unknown;
				const { message } = expectCode("ERR_POOL_OPTION", () => new Constructor(() => [], { minAge: 0 }));
				assert.include(message, "expected an object, got a function");
			},
		},
		{
			name: "an option that is undefined counts as not given",
			run() {
				const pool = make({
					name: undefined,
					new: undefined,
					reset: undefined,
					keep: undefined,
					dispose: undefined,
					order: undefined,
					stats: undefined,
				});
				pool.put("item");
				assert.strictEqual(pool.get(), "item");
				assert.strictEqual(pool.get(), undefined);
				assert.strictEqual(pool.stats().gets, undefined);
			},
		},
		{
			name: "an option that is inherited is checked and used",
			run() {
				for (const [option, values] of Object.entries(wrongValues)) {
					expectCode("ERR_POOL_OPTION", () => make(Object.create({ [option]: values[0] })));
				}
				assert.strictEqual(make(Object.create({ name: "inherited" })).stats().name, "inherited");
			},
		},
		{
			name: "an unknown option is ERR_POOL_OPTION, whatever its value, and is named",
			run() {
				for (const option of ["size", "max", "New", "Reset", "toString", "constructor", "__proto__ ", ""]) {
					const error = expectCode("ERR_POOL_OPTION", () => make({ [option]: undefined }));
					assert.include(error.message, option);
				}
				expectCode("ERR_POOL_OPTION", () => make({ new: () => 1, max: 10 }));
			},
		},
		{
			name: "options that are neither an object nor a function are ERR_POOL_OPTION",
			run() {
				for (const value of [null, 0, 3, "", "options", true, Symbol("o"), 1n, [], [() => 1]])
					expectCode("ERR_POOL_OPTION", () => make(value));
			},
		},
		{
			name: "no options at all make a pool without `new`",
			run() {
				assert.strictEqual(new Pool().get(), undefined);
				assert.strictEqual(make(undefined).get(), undefined);
				assert.strictEqual(make({}).get(), undefined);
			},
		},
		{
			name: "a wrong value assigned to `new` is ERR_POOL_OPTION, and the old one stays",
			run() {
				const pool = new Pool(() => "made");
				for (const value of NO_FUNCTIONS)
					expectCode("ERR_POOL_OPTION", () => {
						pool.new = value as () => string;
					});
				assert.strictEqual(pool.get(), "made");
			},
		},
		{
			name: "the message tells actual against expected",
			run() {
				const error = expectCode("ERR_POOL_OPTION", () => make({ order: "fifo" }));
				for (const part of ["order", "fifo", "local-first", "victim-first"])
					assert.include(error.message, part);
			},
		},
		{
			name: "the name of a pool cannot be changed",
			run() {
				const pool = new Pool({ name: "fixed" });
				try {
					(pool as { name: string }).name = "other";
				} catch (error) {
					assert.instanceOf(error, TypeError);
				}
				assert.strictEqual(pool.name, "fixed");
			},
		},
		{
			name: "configure takes false and every delay that a timer can have",
			run() {
				for (const idleCleanup of [false, 1, 1000, MAX_DELAY, Infinity, DEFAULT_IDLE_CLEANUP])
					configureWith({ idleCleanup });
				configureWith({});
				configureWith({ idleCleanup: undefined });
			},
		},
		{
			name: "configure refuses everything else with ERR_POOL_OPTION",
			run() {
				const values = [0, -0, -1, Number.NaN, -Infinity, MAX_DELAY + 1, true, null, "1000", "", 5n, {}];
				for (const idleCleanup of values) {
					const error = expectCode("ERR_POOL_OPTION", () => configureWith({ idleCleanup }));
					assert.include(error.message, "idleCleanup");
				}
				for (const value of [null, 3, "x", true, [], () => {}])
					expectCode("ERR_POOL_OPTION", () => configureWith(value));
				assert.include(
					expectCode("ERR_POOL_OPTION", () => configureWith({ idleCleanUp: 5 })).message,
					"idleCleanUp",
				);
			},
		},
		{
			name: "a refused configuration changes nothing",
			async run() {
				const pool = new Pool<string>();
				configureWith({ idleCleanup: DEFAULT_IDLE_CLEANUP });
				expectCode("ERR_POOL_OPTION", () => configureWith({ idleCleanup: 1, unknown: true }));
				pool.put("item");
				await new Promise((resolve) => setTimeout(resolve, 30));
				assert.strictEqual(pool.get(), "item");
				poolCleanup();
			},
		},
	],
};
