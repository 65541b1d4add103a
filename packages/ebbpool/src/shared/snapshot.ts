import { load } from "./core/atomics.ts";
import { ownerAt, RECLAIMED, type SlotIndex, stealsAt } from "./core/layout.ts";
import type { Memory } from "./core/memory.ts";
import { isFree, type OwnerWord, ownerOf } from "./core/owner-word.ts";
import { findThread, loadState, runtimeIdOf } from "./core/registry.ts";
import { slotCount } from "./core/slot-count.ts";
import type { PoolMemory } from "./pool-memory.ts";
import type { SharedPoolStats } from "./types.ts";

interface Holders {
	readonly slots: number;
	readonly free: number;
	/** How many slots are whose, by runtime id. */
	readonly byThread: Record<number, number>;
}

/** Counts what is whose; others go on meanwhile. */
function countHolders(memory: Memory): Holders {
	const slots = slotCount(memory);
	const byThread: Record<number, number> = {};
	let free = 0;
	for (let slot = 0 as SlotIndex; slot < slots; slot++) {
		const word = load(memory.words, ownerAt(slot)) as OwnerWord;
		if (isFree(word)) free++;
		else {
			const owner = runtimeIdOf(loadState(memory, ownerOf(word)));
			byThread[owner] = (byThread[owner] ?? 0) + 1;
		}
	}
	return { slots, free, byThread };
}

/** Of threads that hold slots, as many as an error message may name. */
const NAMED = 8;

/** How many slots each thread holds, those with most of them first. */
export function describeHolders(memory: Memory): string {
	const holders = Object.entries(countHolders(memory).byThread).sort(([, a], [, b]) => b - a);
	const named = holders.slice(0, NAMED).map(([id, count]) => `thread ${id} holds ${count}`);
	return [...named, ...(holders.length > NAMED ? ["…"] : [])].join(", ");
}

/**
 * @param kept - how many of its slots this thread has cached
 * @param out - how many it has lent to its users
 */
export function snapshot(
	memory: PoolMemory,
	name: string | undefined,
	kept: number,
	out: number,
): SharedPoolStats {
	const { words, maxSlots } = memory;
	const { slotSize } = memory.description;
	const { slots, free, byThread } = countHolders(memory);
	let steals = 0;
	findThread((thread) => {
		steals += load(words, stealsAt(thread)) >>> 0;
		return false;
	});
	const reclaimed = load(words, RECLAIMED) >>> 0;
	const held = slots - free;
	return Object.freeze({
		name,
		slotSize,
		slots,
		maxSlots,
		free,
		held,
		kept,
		out,
		byThread,
		steals,
		reclaimed,
	});
}
