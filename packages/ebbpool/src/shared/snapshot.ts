import { load } from "./core/atomics.ts";
import { ownerAt, RECLAIMED, type SlotIndex, stealsAt } from "./core/layout.ts";
import { isFree, type OwnerWord, ownerOf } from "./core/owner-word.ts";
import { findThread, loadState, runtimeIdOf } from "./core/registry.ts";
import { slotCount } from "./core/slot-count.ts";
import type { PoolMemory } from "./pool-memory.ts";
import type { SharedPoolStats } from "./types.ts";

/** Counts what is whose; others go on meanwhile. */
export function snapshot(memory: PoolMemory, name: string | undefined, kept: number): SharedPoolStats {
	const { words, maxSlots } = memory;
	const { slotSize } = memory.description;
	const slots = slotCount(memory);
	const byThread: Record<number, number> = {};
	let free = 0;
	for (let slot = 0 as SlotIndex; slot < slots; slot++) {
		const word = load(words, ownerAt(slot)) as OwnerWord;
		if (isFree(word)) free++;
		else {
			const owner = runtimeIdOf(loadState(memory, ownerOf(word)));
			byThread[owner] = (byThread[owner] ?? 0) + 1;
		}
	}
	let steals = 0;
	findThread((thread) => {
		steals += load(words, stealsAt(thread)) >>> 0;
		return false;
	});
	const reclaimed = load(words, RECLAIMED) >>> 0;
	const held = slots - free;
	return Object.freeze({ name, slotSize, slots, maxSlots, free, held, kept, byThread, steals, reclaimed });
}
