import { store } from "./atomics.ts";
import { parentAt, type ThreadId } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { enter, findAlive, loadState, NOBODY, type RuntimeId, runtimeIdOf } from "./registry.ts";

/**
 * Registers a worker as this thread's child before it attaches, so that it can be given slots at once, and ends with this
 * thread.
 */
export function registerChild(memory: Memory, me: ThreadId, id: RuntimeId): void {
	const parent = runtimeIdOf(loadState(memory, me));
	const child = findAlive(memory, id);
	if (child === NOBODY) enter(memory, id, parent);
	else store(memory.words, parentAt(child), parent);
}
