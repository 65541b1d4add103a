import { Pool } from "ebbpool";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import type { Program } from "./program.ts";

class Account {
	#balance = 0;
	owner = "";
	deposit(amount: number): void {
		this.#balance += amount;
	}
	get balance(): number {
		return this.#balance;
	}
}

/** Programs that go on with an item which they have put. */
export const usesAfterPut: readonly Program[] = [
	{
		name: "a property set after the put",
		run() {
			const pool = new Pool({ new: () => ({ size: 0 }) });
			const item = pool.get();
			pool.put(item);
			item.size = 1; // FAULT
		},
	},
	{
		name: "a property read after the put",
		run() {
			const pool = new Pool({ new: () => ({ size: 0 }) });
			const item = pool.get();
			pool.put(item);
			return item.size; // FAULT
		},
	},
	{
		name: "a push to an array after the put",
		run() {
			const pool = new Pool({ new: () => [] as number[] });
			const list = pool.get();
			pool.put(list);
			list.push(1); // FAULT
		},
	},
	{
		name: "an element of an array read after the put",
		run() {
			const pool = new Pool({ new: () => ["a"] });
			const list = pool.get();
			pool.put(list);
			return list[0]; // FAULT
		},
	},
	{
		name: "a method of a class with private fields after the put",
		run() {
			const pool = new Pool({ new: () => new Account() });
			const account = pool.get();
			pool.put(account);
			account.deposit(1); // FAULT
		},
	},
	{
		name: "a Map read by a callback that comes late",
		async run() {
			const pool = new Pool({ new: () => new Map<string, number>() });
			const map = pool.get();
			const late = Promise.resolve().then(() => {
				return map.get("a"); // FAULT
			});
			pool.put(map);
			await late;
		},
	},
	{
		name: "the bytes of a buffer read after the put",
		run() {
			const pool = new Pool({ new: () => new ByteBuffer(16), reset: (buffer) => buffer.reset() });
			const buffer = pool.get();
			buffer.writeString("secret");
			pool.put(buffer);
			return buffer.toString(); // FAULT
		},
	},
	{
		name: "a Date set after the put",
		run() {
			const pool = new Pool({ new: () => new Date(0) });
			const date = pool.get();
			pool.put(date);
			date.setTime(1); // FAULT
		},
	},
	{
		name: "a rented array filled after the put",
		run() {
			const pool = new BufferPool();
			const array = pool.get(100);
			pool.put(array);
			try {
				array.fill(1); // FAULT
			} catch {
				// The array is detached: where the program goes on, the engine throws.
			}
		},
	},
	{
		name: "the length of a rented array read after the put",
		run() {
			const pool = new BufferPool();
			const array = pool.get(100);
			pool.put(array);
			return array.length; // FAULT
		},
	},
	{
		name: "the item of a lease after its release",
		async run() {
			const pool = new ResourcePool({ create: () => ({ open: true }) });
			const lease = await pool.acquire();
			await lease.release();
			try {
				return lease.item; // FAULT
			} catch {
				return undefined; // as without checks: the lease has ended
			} finally {
				await pool.drain();
			}
		},
	},
	{
		name: "an array emptied after the put, found when it is taken again",
		run() {
			const pool = new Pool({ new: () => [1, 2, 3] });
			const list = pool.get();
			pool.put(list); // FAULT
			list.length = 0;
			pool.put(pool.get());
		},
	},
	{
		name: "a property defined after the put, found when it is taken again",
		run() {
			const pool = new Pool({ new: () => ({ size: 0 }) });
			const item = pool.get();
			pool.put(item); // FAULT
			Object.defineProperty(item, "late", { value: 1, configurable: true });
			pool.put(pool.get());
		},
	},
	{
		name: "a question whether an item has a property, after its put",
		run() {
			const pool = new Pool({ new: () => ({ size: 0 }) });
			const item = pool.get();
			pool.put(item);
			return "size" in item; // FAULT
		},
	},
];
