import { store } from "./atomics.ts";
import { parentAt } from "./layout.ts";
import { enter, findAlive, loadState, NOBODY, type RuntimeId, runtimeIdOf } from "./registry.ts";
import type { Entry } from "./threads.ts";

/**
 * Registers a worker as this thread's child before it attaches, so that it can be given slots at once, and ends with this
 * thread.
 */
export function foster({ memory, me }: Entry, id: RuntimeId): void {
	const parent = runtimeIdOf(loadState(memory, me));
	const child = findAlive(memory, id);
	if (child === NOBODY) enter(memory, id, parent);
	else store(memory.words, parentAt(child), parent);
}
