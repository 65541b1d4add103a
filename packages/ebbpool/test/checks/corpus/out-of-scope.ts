import { EventEmitter } from "node:events";
import { Pool } from "ebbpool";
import { BufferPool } from "ebbpool/bytes";
import type { Program } from "./program.ts";

/** Faults that the guide says are not found: if one of them is, the guide is to be mended. */
export const outOfScope: readonly Program[] = [
	{
		name: "use once somebody has got the item again",
		run() {
			const pool = new Pool({ new: () => ({ size: 0 }) });
			const mine = pool.get();
			pool.put(mine);
			const theirs = pool.get();
			mine.size = 1;
			pool.put(theirs);
		},
	},
	{
		name: "two puts of a string",
		run() {
			const pool = new Pool<string>();
			pool.put("a");
			pool.put("a");
		},
	},
	{
		name: "use of a frozen item after its put",
		run() {
			const pool = new Pool({ new: () => Object.freeze({ size: 0 }) });
			const item = pool.get();
			pool.put(item);
			return item.size;
		},
	},
	{
		name: "use of an emitter after its put",
		run() {
			const pool = new Pool({ new: () => new EventEmitter() });
			const emitter = pool.get();
			pool.put(emitter);
			emitter.emit("late");
		},
	},
	{
		name: "an index read from a detached array",
		run() {
			const pool = new BufferPool();
			const array = pool.get(64);
			pool.put(array);
			if (array[0] !== undefined) throw new Error("the array is not detached");
		},
	},
	{
		name: "a method that was taken from the item before",
		run() {
			const pool = new Pool({ new: () => new Map<string, number>() });
			const map = pool.get();
			const set = Map.prototype.set.bind(map);
			pool.put(map);
			set("a", 1);
		},
	},
	{
		name: "a call of a function after its put",
		run() {
			const pool = new Pool({ new: () => () => 1 });
			const call = pool.get();
			pool.put(call);
			call();
		},
	},
	{
		name: "a private field that reset forgets",
		run() {
			class Secret {
				#value = 0;
				increment(): number {
					return ++this.#value;
				}
			}
			const pool = new Pool({ new: () => new Secret(), reset: () => {} });
			const secret = pool.get();
			secret.increment();
			pool.put(secret);
		},
	},
	{
		name: "memory inside an item that reset does not clear",
		run() {
			const pool = new Pool({ new: () => ({ bytes: new Uint8Array(8) }), reset: () => {} });
			const item = pool.get();
			item.bytes.fill(1);
			pool.put(item);
		},
	},
	{
		name: "an item that is lost with its pool",
		run() {
			new Pool({ new: () => ({}) }).get();
		},
	},
	{
		name: "the length of an array read after its put",
		run() {
			const pool = new Pool({ new: () => [1] });
			const list = pool.get();
			pool.put(list);
			return list.length;
		},
	},
	{
		name: "a copy of an item's own properties after its put",
		run() {
			const pool = new Pool({ new: () => ({ size: 1 }) });
			const item = pool.get();
			pool.put(item);
			return [Object.keys(item), { ...item }];
		},
	},
];
