import { instrument } from "../base/instrument.ts";
import { load } from "./core/atomics.ts";
import { RECLAIMED, type ThreadId } from "./core/layout.ts";
import type { Memory } from "./core/memory.ts";
import { reap } from "./core/reaper.ts";
import type { RuntimeId } from "./core/registry.ts";

/** Takes back what a dead thread held, and tells how many slots that were. */
export function reapAndTell(memory: Memory, id: RuntimeId, me: ThreadId): void {
	const { words } = memory;
	const before = load(words, RECLAIMED);
	reap(memory, id, me);
	const slots = (load(words, RECLAIMED) - before) | 0;
	if (slots > 0) instrument.publish?.("shared:reclaim", (memory as { name?: string }).name, slots);
}
