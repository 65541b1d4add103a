import assert from "node:assert/strict";
import { type Lease, Pool, PoolError, type PoolErrorCode, type PoolOrder, poolCleanup } from "ebbpool";
import { PoolModel } from "./pool-model.ts";

export interface Item {
	readonly id: number;
}

export type Hook = "new" | "reset" | "keep" | "dispose";

/** What a hook does when it is called; the item is undefined for `new`. */
export type Behaviour = (pool: CheckedPool, hook: Hook, item: Item | undefined) => unknown;

export interface Configuration {
	readonly order: PoolOrder;
	readonly stats: boolean;
	readonly hooks: readonly Hook[];
}

/** An item that a caller has, with the lease that it came with, if any. */
interface Loan {
	readonly item: Item;
	readonly lease?: Lease<Item | undefined>;
}

/** One call of the pool that has not returned yet; hooks that it calls may make further ones. */
interface Call {
	/** What it has to throw: one test for each error, in the order in which they happened. */
	readonly errors: ((error: unknown) => boolean)[];
	/** The item that the caller handed over, until it is known what became of it. */
	handedOver: Item | undefined;
	/** What becomes of that item if the pool disposes of it. */
	readonly asDisposed: "rejected" | "discarded";
	/** Whether a hook has failed or said no. */
	refused: boolean;
	/** Whether `new` has to be asked, and the item that it made. */
	readonly wantsNew: boolean;
	made: Item | undefined;
}

/** A pool beside its model: every call is made on both, from hooks too, and whatever differs is a violation. */
export class CheckedPool {
	readonly model: PoolModel<Item>;
	readonly loans: Loan[] = [];
	readonly #pool: Pool<Item, undefined>;
	readonly #configuration: Configuration;
	readonly #calls: Call[] = [];
	/** Let go of by the model, and not yet by the pool. */
	readonly #leaving = new Set<Item>();
	#script: Behaviour[] = [];
	#violation: unknown;
	#ids = 0;
	#aging = false;

	constructor(configuration: Configuration) {
		const { order, stats, hooks } = configuration;
		this.#configuration = configuration;
		this.model = new PoolModel(order);
		const wanted = <F>(hook: Hook, call: F) => (hooks.includes(hook) ? call : undefined);
		this.#pool = new Pool<Item>({
			order,
			stats,
			reset: wanted("reset", (item: Item) => this.#behave("reset", item) as undefined),
			keep: wanted("keep", (item: Item) => this.#behave("keep", item) as boolean),
			dispose: wanted("dispose", (item: Item) => this.#onDispose(item) as undefined),
		});
		this.#pool.new = wanted("new", () => this.#onNew());
	}

	get aging(): boolean {
		return this.#aging;
	}

	/** Runs one step whose hooks behave by the script, and quietly once it is used up; then compares the counters. */
	run(step: (pool: CheckedPool) => void, script: readonly Behaviour[]): void {
		this.#script = [...script];
		step(this);
		if (this.#violation !== undefined) throw this.#violation;
		this.#compare();
	}

	/** Runs nested calls whose hooks behave quietly. */
	quietly(step: () => void): void {
		const script = this.#script;
		this.#script = [];
		step();
		this.#script = script;
	}

	makeItem(): Item {
		return { id: this.#ids++ };
	}

	get(how: "get" | "lease" = "get"): void {
		const { disposed, source } = this.model;
		this.#call({ wantsNew: !disposed && source === undefined }, (call) => {
			if (disposed) call.errors.push(hasCode("ERR_POOL_DISPOSED"));
			else if (source === undefined) this.model.counts.misses++;
			const lease = how === "lease" ? this.#pool.lease() : undefined;
			const item = lease === undefined ? this.#pool.get() : lease.item;
			if (source === undefined) {
				assert.equal(item, call.made, "an empty pool gives what `new` made");
				if (item !== undefined) this.model.out++;
			} else
				assert.ok(item && this.model.take(source, item), "get takes from the generation whose turn it is");
			if (item !== undefined) this.loans.push(lease === undefined ? { item } : { item, lease });
		});
	}

	put({ item, lease }: Loan): void {
		this.#call({ handedOver: item }, (call) => {
			if (lease === undefined) this.#pool.put(item);
			else lease.release();
			if (call.handedOver !== undefined && !this.#isRefused(call)) {
				call.handedOver = undefined;
				this.model.put(item);
			}
		});
	}

	discard({ item, lease }: Loan): void {
		this.#call({ handedOver: item, asDisposed: "discarded", refused: true }, () => {
			if (lease === undefined) this.#pool.discard(item);
			else lease.discard();
		});
	}

	clear(): void {
		this.#letGo(this.model.clear(), () => this.#pool.clear());
	}

	dispose(): void {
		this.model.disposed = true;
		this.#letGo(this.model.clear(), () => this.#pool[Symbol.dispose]());
	}

	age(): void {
		this.#aging = true;
		this.#letGo(this.model.age(), poolCleanup);
		this.#aging = false;
	}

	/** A hook that fails with what `fail` throws or returns; its caller has to receive an error that passes the test. */
	failing(isExpected: (error: unknown) => boolean): void {
		const call = this.#innermost;
		call.errors.push(isExpected);
		call.refused = true;
	}

	refuse(): void {
		this.#innermost.refused = true;
	}

	get #innermost(): Call {
		return this.#calls.at(-1) ?? assert.fail("a hook ran outside every call");
	}

	#isRefused({ refused }: Call): boolean {
		return refused || this.model.disposed;
	}

	#letGo(gone: Set<Item>, act: () => void): void {
		const hooked = this.#configuration.hooks.includes("dispose");
		if (hooked) for (const item of gone) this.#leaving.add(item);
		this.#call({}, act);
		if (hooked)
			this.#check(() => assert.ok(!this.#leaving.size || this.#calls.length > 0, "all are disposed of"));
	}

	#call(given: Partial<Call>, act: (call: Call) => void): void {
		const call: Call = {
			errors: [],
			handedOver: undefined,
			asDisposed: "rejected",
			refused: false,
			wantsNew: false,
			made: undefined,
			...given,
		};
		this.#calls.push(call);
		let thrown: readonly unknown[] = [];
		try {
			act(call);
		} catch (error) {
			thrown = [error];
		}
		this.#calls.pop();
		this.#check(() => {
			expectErrors(thrown, call.errors);
			if (call.handedOver !== undefined) this.#onRefused(call);
		});
	}

	/** Without a `dispose` hook it shows only in the end that an item was refused. */
	#onRefused(call: Call): void {
		assert.ok(!this.#configuration.hooks.includes("dispose"), "what is refused is disposed of");
		assert.ok(this.#isRefused(call), "an item is refused for a reason only");
		this.#settle(call);
	}

	#settle(call: Call): void {
		call.handedOver = undefined;
		this.model.counts[call.asDisposed]++;
		this.model.cameBack();
	}

	/** Inside a hook the pool would catch what an assertion throws; so it is kept for the end of the step. */
	#check(assertion: () => void): void {
		try {
			assertion();
		} catch (error) {
			this.#violation ??= error;
		}
	}

	#behave(hook: Hook, item: Item | undefined): unknown {
		const behaviour = this.#script.shift();
		return behaviour === undefined ? true : behaviour(this, hook, item);
	}

	#onNew(): Item {
		const call = this.#innermost;
		this.#check(() => assert.ok(call.wantsNew && !call.made, "`new` is asked once, when the pool is empty"));
		const behaved = this.#behave("new", undefined);
		if (behaved instanceof Promise) return behaved as unknown as Item;
		call.made = this.makeItem();
		return call.made;
	}

	#onDispose(item: Item): unknown {
		const call = this.#innermost;
		if (call.handedOver === item && this.#isRefused(call)) this.#settle(call);
		else
			this.#check(() => assert.ok(this.#leaving.delete(item), "only what is let go of is disposed of, once"));
		return this.#behave("dispose", item);
	}

	#compare(): void {
		const { counts, local, victim } = this.model;
		const { stats, hooks } = this.#configuration;
		const { hits, victimHits, misses, rejected, discarded, evicted, cleared } = counts;
		const gets = hits + victimHits + misses;
		const puts = hits + victimHits + rejected + evicted + cleared + local.size + victim.size;
		assert.deepEqual(this.#pool.stats(), {
			name: undefined,
			...counts,
			...(stats ? { gets, puts, out: this.model.out } : UNCOUNTED),
			disposed: hooks.includes("dispose") ? rejected + discarded + evicted + cleared : 0,
			local: local.size,
			victim: victim.size,
		});
	}
}

const UNCOUNTED = { gets: undefined, hits: undefined, puts: undefined, out: undefined };

export function hasCode(code: PoolErrorCode): (error: unknown) => boolean {
	return (error) => error instanceof PoolError && error.code === code;
}

/** None, the one as it is, or all of them in one `ERR_POOL_HOOK`. */
function expectErrors(thrown: readonly unknown[], expected: Call["errors"]): void {
	const [error] = thrown;
	if (expected.length <= 1) {
		assert.equal(thrown.length, expected.length, `thrown: ${String(error)}`);
		for (const isExpected of expected) assert.ok(isExpected(error), String(error));
		return;
	}
	assert.ok(hasCode("ERR_POOL_HOOK")(error), `${expected.length} errors, thrown: ${String(error)}`);
	const { errors = [] } = error as PoolError;
	assert.equal(errors.length, expected.length);
	for (const [i, isExpected] of expected.entries()) assert.ok(isExpected(errors[i]), String(errors[i]));
}
