import { Pool } from "ebbpool";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import type { Program } from "./program.ts";

/** Keep the pools alive: what is lost with its pool is no leak. */
const pools: unknown[] = [];

function kept<P>(pool: P): P {
	pools.push(pool);
	return pool;
}

/** Programs that get an item and lose it. */
export const leaks: readonly Program[] = [
	{
		name: "a get without a put",
		run() {
			const pool = kept(new Pool({ new: () => [] as number[] }));
			pool.get().push(1); // FAULT
		},
	},
	{
		name: "an early return before the put",
		run() {
			const pool = kept(new Pool({ new: () => new ByteBuffer(16) }));
			const length = (text: string) => {
				const buffer = pool.get(); // FAULT
				if (text === "") return 0;
				const bytes = buffer.writeString(text);
				pool.put(buffer);
				return bytes;
			};
			length("");
		},
	},
	{
		name: "a throw before the put",
		run() {
			const pool = kept(new Pool({ new: () => ({ value: undefined as unknown }) }));
			const parse = (json: string) => {
				const holder = pool.get(); // FAULT
				holder.value = JSON.parse(json);
				pool.put(holder);
			};
			try {
				parse("{");
			} catch {
				// Handled, so nobody sees that the item is gone.
			}
		},
	},
	{
		name: "a lease without using",
		run() {
			const pool = kept(new Pool({ new: () => new Map<string, string>() }));
			const lease = pool.lease(); // FAULT
			lease.item.set("a", "b");
		},
	},
	{
		name: "a put of a copy instead of the item",
		run() {
			const pool = kept(new Pool({ new: () => [] as number[] }));
			let list = pool.get(); // FAULT
			list = [...list, 1];
			pool.put(list);
		},
	},
	{
		name: "a rented array that is never given back",
		run() {
			const pool = kept(new BufferPool());
			pool.get(1_000).fill(1); // FAULT
		},
	},
	{
		name: "a rented array of which only a part is given back",
		run() {
			const pool = kept(new BufferPool());
			const array = pool.get(1_000); // FAULT
			pool.put(array.subarray(0, 10));
		},
	},
	{
		name: "a lease of a connection that is dropped",
		async run() {
			const pool = kept(new ResourcePool({ create: () => ({ open: true }) }));
			await lose(pool);
		},
	},
	{
		name: "an item that a promise forgets to give back",
		async run() {
			const pool = kept(new Pool({ new: () => ({ at: 0 }) }));
			const work = async () => {
				const item = pool.get(); // FAULT
				await Promise.resolve();
				item.at = 1;
			};
			await work();
		},
	},
];

async function lose(pool: ResourcePool<object>): Promise<void> {
	await pool.acquire(); // FAULT
}
