import { type Behaviour, type CheckedPool, hasCode } from "./checked-pool.ts";

/** What hooks do, by name; those that return `true` let the item in. */
export const behaviours = {
	calm: () => true,
	refuse(pool, hook) {
		if (hook === "keep") pool.refuse();
		return false;
	},
	throw(pool, hook) {
		const failure = new Error(hook);
		pool.failing((error) => error === failure);
		throw failure;
	},
	promise(pool, hook) {
		pool.failing(hasCode("ERR_POOL_HOOK"));
		return Promise.reject(new Error(`asynchronous ${hook}`));
	},
	get: calling((pool) => pool.get()),
	lease: calling((pool) => pool.get("lease")),
	put: calling((pool) => {
		const loan = pool.loans.pop();
		if (loan !== undefined) pool.put(loan);
	}),
	putAnother: calling((pool) => pool.put({ item: pool.makeItem() })),
	discard: calling((pool) => {
		const loan = pool.loans.pop();
		if (loan !== undefined) pool.discard(loan);
	}),
	clear: calling((pool) => pool.clear()),
	age: calling((pool) => {
		// Whether a cleanup inside a cleanup ages those once more that are just being aged is not promised.
		if (!pool.aging) pool.age();
	}),
	dispose: calling((pool) => pool.dispose()),
	/** Only what its pool let go of may be put back by its own hook. */
	putBack(pool, hook, item) {
		if (hook === "dispose" && item !== undefined && !pool.model.disposed)
			pool.quietly(() => pool.put({ item }));
		return true;
	},
} satisfies Record<string, Behaviour>;

function calling(act: (pool: CheckedPool) => void): Behaviour {
	return (pool) => {
		act(pool);
		return true;
	};
}
