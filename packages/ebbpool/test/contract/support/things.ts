import type { CreateContext, ResourcePoolOptions } from "ebbpool/resource";
import { ResourcePool } from "ebbpool/resource";

export interface Thing {
	readonly id: number;
	readonly retire: CreateContext["retire"];
}

/** A pool of numbered things, and what its hooks were given. */
export function things(options: Partial<ResourcePoolOptions<Thing>> = {}) {
	const created: Thing[] = [];
	const destroyed: number[] = [];
	const errors: { readonly error: unknown; readonly during: string }[] = [];
	const pool = new ResourcePool<Thing>({
		create: async ({ retire }) => {
			const thing = { id: created.length, retire };
			created.push(thing);
			return thing;
		},
		destroy: async ({ id }) => void destroyed.push(id),
		...options,
	});
	pool.on("error", (error, during) => void errors.push({ error, during }));
	return { pool, created, destroyed, errors };
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets everything happen that waits for no timer. */
export const settle = (): Promise<void> => sleep(0);

/** Resolves once it is so; rejects if that takes far too long. */
export const until = untilWithin(5_000);

/** As `until`, with another idea of what is far too long, in milliseconds. */
export function untilWithin(ms: number): (condition: () => boolean) => Promise<void> {
	return async (condition) => {
		const deadline = Date.now() + ms;
		while (!condition()) {
			if (Date.now() > deadline) throw new Error(`still not so: ${condition}`);
			await sleep(2);
		}
	};
}

/** A promise, and the functions that settle it. */
export function deferred<V>() {
	let resolve!: (value: V) => void;
	let reject!: (error: unknown) => void;
	const promise = new Promise<V>((fulfil, fail) => {
		resolve = fulfil;
		reject = fail;
	});
	return { promise, resolve, reject };
}

/** A promise that never settles. */
export const never = <V>(): Promise<V> => new Promise(() => {});
