import { SharedPool } from "ebbpool/shared";
import type { Program } from "./program.ts";

const create = (zero: "put" | false = "put") => SharedPool.create({ slotSize: 64, slots: 4, zero });

/** Keep the pools alive: what is lost with its pool is no leak. */
const pools: unknown[] = [];

export const sharedDoublePuts: readonly Program[] = [
	{
		name: "two puts of a block",
		run() {
			const pool = create();
			const block = pool.get();
			pool.put(block);
			try {
				pool.put(block); // FAULT
			} catch {
				// As without checks: NOT_HELD.
			}
		},
	},
	{
		name: "a put of a block that was given away",
		run() {
			const pool = create();
			const block = pool.get();
			pool.give(block);
			try {
				pool.put(block); // FAULT
			} catch {
				// As without checks: NOT_HELD.
			}
		},
	},
];

export const sharedLeaks: readonly Program[] = [
	{
		name: "a block that is dropped",
		run() {
			const pool = create();
			pools.push(pool);
			pool.get().bytes.fill(1); // FAULT
		},
	},
	{
		name: "a block that is held until none is free",
		run() {
			const pool = create();
			pools.push(pool, pool.get()); // FAULT
			for (let i = 0; i < 3; i++) pools.push(pool.get());
			try {
				pool.get();
			} catch {
				// EXHAUSTED, as without checks.
			}
		},
	},
	{
		name: "a block that is held until who waits has waited in vain",
		async run() {
			const pool = create();
			pools.push(pool, pool.get()); // FAULT
			for (let i = 0; i < 3; i++) pools.push(pool.get());
			try {
				await pool.getAsync({ timeout: 1 });
			} catch {
				// TIMEOUT, as without checks.
			}
		},
	},
];

export const sharedUsesAfterPut: readonly Program[] = [
	{
		name: "the bytes of a block after its put",
		run() {
			const pool = create();
			const block = pool.get();
			pool.put(block);
			try {
				return block.bytes; // FAULT
			} catch {
				return undefined; // as without checks: NOT_HELD
			}
		},
	},
	{
		name: "a view of a slot written after the put",
		run() {
			const pool = create();
			const block = pool.get();
			const { bytes } = block;
			pool.put(block); // FAULT
			bytes[3] = 1;
			pool.put(pool.get());
		},
	},
	{
		name: "the last byte of a slot written after the put, where its size is odd",
		run() {
			const pool = SharedPool.create({ slotSize: 67, slots: 1 });
			const block = pool.get();
			const { bytes } = block;
			pool.put(block); // FAULT
			bytes[66] = 1;
			pool.put(pool.get());
		},
	},
];

export const correctSharedPools: readonly Program[] = [
	{
		name: "blocks that are put once, by put, using and use",
		run() {
			const pool = create();
			pool.put(pool.get());
			{
				using block = pool.get();
				block.bytes.fill(1);
			}
			pool.use((block) => block.bytes.fill(2));
			if (pool.get().bytes.some((byte) => byte !== 0)) throw new Error("not zeroed");
		},
	},
	{
		name: "a block that is given, revoked and put",
		run() {
			const pool = create(false);
			const block = pool.revoke(pool.give(pool.get()));
			if (block !== undefined) pool.put(block);
		},
	},
	{
		name: "a block that is given with something in it, and adopted or revoked",
		run() {
			const pool = create();
			const block = pool.get();
			block.bytes.fill(1);
			const adopted = pool.adopt(pool.give(block));
			if (adopted.bytes.some((byte) => byte !== 1)) throw new Error("the message was changed");
			const revoked = pool.revoke(pool.give(adopted));
			if (revoked?.bytes.every((byte) => byte === 1) !== true) throw new Error("the message was changed");
			pool.put(revoked);
		},
	},
];
