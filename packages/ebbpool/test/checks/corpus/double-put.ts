import { Pool } from "ebbpool";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import type { Program } from "./program.ts";

class Vector {
	x = 0;
	y = 0;
}

/** Programs that put an item twice. */
export const doublePuts: readonly Program[] = [
	{
		name: "the newcomer's two puts in a row",
		run() {
			const pool = new Pool({ new: () => [] as number[] });
			const list = pool.get();
			pool.put(list);
			pool.put(list); // FAULT
		},
	},
	{
		name: "two puts into a pool of a subclass",
		run() {
			class Special extends (Pool as new (make: () => object) => Pool<object>) {}
			const pool = new Special(() => ({}));
			const item = pool.get();
			pool.put(item);
			pool.put(item); // FAULT
		},
	},
	{
		name: "an item that is put, and then discarded by an error handler",
		run() {
			const pool = new Pool({ new: () => new Vector() });
			const vector = pool.get();
			try {
				pool.put(vector);
				throw new Error("late");
			} catch {
				pool.discard(vector); // FAULT
			}
		},
	},
	{
		name: "a put in the block and one in finally",
		run() {
			const pool = new Pool({ new: () => new ByteBuffer(16), reset: (buffer) => buffer.reset() });
			const buffer = pool.get();
			try {
				buffer.writeString("hello");
				pool.put(buffer);
			} finally {
				pool.put(buffer); // FAULT
			}
		},
	},
	{
		name: "a put in a callback that is called twice",
		run() {
			const pool = new Pool({ new: () => new Vector() });
			const vector = pool.get();
			const done = () => {
				pool.put(vector); // FAULT
			};
			done();
			done();
		},
	},
	{
		name: "error and close both give back",
		async run() {
			const pool = new Pool({ new: () => new Map<string, number>() });
			const map = pool.get();
			const events = new EventTarget();
			for (const type of ["error", "close"]) {
				events.addEventListener(type, () => {
					pool.put(map); // FAULT
				});
			}
			events.dispatchEvent(new Event("error"));
			await Promise.resolve();
			events.dispatchEvent(new Event("close"));
		},
	},
	{
		name: "a put of what use puts too",
		run() {
			const pool = new Pool({ new: () => new Vector() });
			const work = (vector: Vector) => pool.put(vector);
			pool.use(work); // FAULT
		},
	},
	{
		name: "a put beside a lease",
		run() {
			const pool = new Pool({ new: () => new Vector() });
			const lease = pool.lease();
			pool.put(lease.item);
			lease.release(); // FAULT
		},
	},
	{
		name: "a list of items with one of them twice",
		run() {
			const pool = new Pool({ new: () => new Set<number>() });
			const a = pool.get();
			const b = pool.get();
			for (const set of [a, b, a]) {
				pool.put(set); // FAULT
			}
		},
	},
	{
		name: "an item put again after the pool has aged",
		async run() {
			const { poolCleanup } = await import("ebbpool");
			const pool = new Pool({ new: () => new Vector() });
			const vector = pool.get();
			pool.put(vector);
			poolCleanup();
			pool.put(vector); // FAULT
		},
	},
	{
		name: "two puts of an array that was found, not got",
		run() {
			const pool = new Pool<object>();
			const found = { found: true };
			pool.put(found);
			pool.put(found); // FAULT
		},
	},
	{
		name: "two puts of a rented array",
		run() {
			const pool = new BufferPool();
			const array = pool.get(100);
			pool.put(array);
			pool.put(array); // FAULT
		},
	},
	{
		name: "two releases of a lease of a connection",
		async run() {
			const pool = new ResourcePool({ create: () => new Vector() });
			const lease = await pool.acquire();
			await lease.release();
			await lease.release(); // FAULT
			await pool.drain();
		},
	},
	{
		name: "a lease that is released, and discarded by an error handler",
		async run() {
			const pool = new ResourcePool({ create: () => new Vector() });
			const lease = await pool.acquire();
			await lease.release();
			await lease.discard(); // FAULT
			await pool.drain();
		},
	},
];
