import { Pool } from "ebbpool";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import type { Program } from "./program.ts";

/** Programs that put what is not the pool's. */
export const foreignPuts: readonly Program[] = [
	{
		name: "an object literal instead of the item",
		run() {
			const pool = new Pool({ new: () => ({ size: 0 }) });
			pool.put({ size: 1 }); // FAULT
		},
	},
	{
		name: "an item of another pool",
		run() {
			const small = new Pool({ new: () => new ByteBuffer(16) });
			const large = new Pool({ new: () => new ByteBuffer(1024) });
			const buffer = small.get();
			large.put(buffer); // FAULT
			small.discard(buffer);
		},
	},
	{
		name: "a copy of the item",
		run() {
			const pool = new Pool({ new: () => [1, 2, 3] });
			const list = pool.get();
			pool.put([...list]); // FAULT
			pool.discard(list);
		},
	},
	{
		name: "an array that was not rented",
		run() {
			const pool = new BufferPool();
			pool.put(new Uint8Array(1024)); // FAULT
		},
	},
	{
		name: "the wrong field of a pair",
		run() {
			const pool = new Pool({ new: () => new Map<string, object>() });
			const map = pool.get();
			const other = new Map<string, object>();
			pool.put(other); // FAULT
			pool.discard(map);
		},
	},
];
