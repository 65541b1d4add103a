import type { SlotLayout } from "./slot-layout.ts";

interface CommonOptions {
	/** Slots at the begin: 1 … 2²⁰. */
	readonly slots: number;
	/** Slots at most; the pool grows up to so many by itself. `slots` unless given. */
	readonly maxSlots?: number | undefined;
	/**
	 * `"put"`, the default: a slot is zeroed whenever it is put back, so that nobody sees what another user wrote. `false`: a
	 * slot holds what its last user left in it.
	 */
	readonly zero?: "put" | false | undefined;
	/**
	 * How many free slots each thread may keep for itself, where a get and a put cost no atomics. An eighth of `slots` and at
	 * most 32 unless given. Other threads cannot take these; when one finds nothing, they are freed as soon as the thread
	 * puts something or its event loop turns.
	 */
	readonly magazine?: number | undefined;
	/** Names the pool in stats. */
	readonly name?: string | undefined;
}

/** A pool of plain memory. */
export interface BytesPoolOptions extends CommonOptions {
	/** Length of a slot, in bytes: 1 … 2³¹ − 1. */
	readonly slotSize: number;
	readonly layout?: undefined;
}

/** A pool of structs. */
export interface StructPoolOptions<Fields extends object> extends CommonOptions {
	/** What a slot holds; its `byteLength` is the length of a slot. */
	readonly layout: SlotLayout<Fields>;
	readonly slotSize?: undefined;
}

export interface AttachOptions<Fields extends object> {
	/** The layout that the pool was created with, or an equal one: for `fields` in this thread. */
	readonly layout: SlotLayout<Fields>;
}

/** A snapshot; threads go on working while it is taken. `slots = free + held`, `held` = the sum of `byThread`. */
export interface SharedPoolStats {
	readonly name: string | undefined;
	/** Length of a slot, in bytes. */
	readonly slotSize: number;
	/** Slots that exist now. */
	readonly slots: number;
	readonly maxSlots: number;
	/** Slots that every thread can take. */
	readonly free: number;
	/** Slots that are a thread's: in use, in its magazine, or given away and not adopted yet. */
	readonly held: number;
	/** Of these, what lies in this thread's magazine. */
	readonly kept: number;
	/**
	 * Blocks that this thread got or adopted and has neither put nor given away: a forgotten put makes it grow. Exact, and
	 * counted only when asked for. What other threads have out is known to them alone; all together it is at most `held`.
	 */
	readonly out: number;
	/** How many slots are whose, by the runtime's thread id + 1 (Node, Bun) or a number of the pool's. */
	readonly byThread: Readonly<Record<number, number>>;
	/** Searches that found a slot which the searching thread had not freed last; by thread modulo 2³². */
	readonly steals: number;
	/** Slots taken back from threads that died, modulo 2³². */
	readonly reclaimed: number;
}
