import { load, store, swap } from "./atomics.ts";
import { MAX_THREADS } from "./bounds.ts";
import { parentAt, recipientAt, stateAt, type ThreadId } from "./layout.ts";
import type { Memory } from "./memory.ts";

declare const kind: unique symbol;

/** Names one thread for its lifetime and beyond, 1 … 2³⁰ − 1: the runtime's thread id where there is one. */
export type RuntimeId = number & { readonly [kind]: "runtime" };

/** A runtime id in the upper 30 bits, a state in the lower 2. */
export type StateWord = number & { readonly [kind]: "state" };

/** Nobody's: never used, or its thread died and all that it held was taken back (SWEPT). */
export const VACANT = 0;
/** Somebody's whose parent is not written yet; owns no slot. */
export const CLAIMING = 1;
export const ALIVE = 2;
/** The thread takes no more steps; a reaper has to take back what it holds. */
export const DEAD = 3;

export const NOBODY = 0;

export const stateOf = (word: StateWord): number => word & 3;
export const runtimeIdOf = (word: StateWord): RuntimeId => (word >>> 2) as RuntimeId;
export const stateWord = (id: RuntimeId, state: number): StateWord => ((id << 2) | state) as StateWord;

export const loadState = ({ words }: Memory, thread: ThreadId): StateWord =>
	load(words, stateAt(thread)) as StateWord;

/** Calls for each entry's id, until `visit` returns `true`; returns that id. */
export function findThread(visit: (thread: ThreadId) => boolean): ThreadId | typeof NOBODY {
	for (let id = 1; id <= MAX_THREADS; id++) if (visit(id as ThreadId)) return id as ThreadId;
	return NOBODY;
}

/** The entry of a live thread. It may have several (its parent made one while it made its own): any will do. */
export function findAlive(memory: Memory, id: RuntimeId): ThreadId | typeof NOBODY {
	const wanted = stateWord(id, ALIVE);
	return findThread((thread) => loadState(memory, thread) === wanted);
}

/** Whether some thread is about to make a slot this thread's: then its id must not become another's (hand-over.ts). */
export function isRecipient(memory: Memory, thread: ThreadId): boolean {
	const { words } = memory;
	return (
		findThread(
			(giver) => load(words, recipientAt(giver)) === thread && stateOf(loadState(memory, giver)) !== VACANT,
		) !== NOBODY
	);
}

/** Makes a vacant entry this thread's; `false` if it is not vacant, or another thread came first. */
function tryEnter(
	memory: Memory,
	thread: ThreadId,
	id: RuntimeId,
	parent: RuntimeId | typeof NOBODY,
): boolean {
	const { words } = memory;
	const before = loadState(memory, thread);
	if (stateOf(before) !== VACANT || isRecipient(memory, thread)) return false;
	const claiming = stateWord(id, CLAIMING);
	if (!swap(words, stateAt(thread), before, claiming)) return false;
	store(words, parentAt(thread), parent);
	store(words, recipientAt(thread), NOBODY);
	return swap(words, stateAt(thread), claiming, stateWord(id, ALIVE));
}

/**
 * Registers a thread. What it owns from now on is taken back when it dies.
 *
 * @returns its id, or {@link NOBODY} if the registry is full
 */
export function enter(
	memory: Memory,
	id: RuntimeId,
	parent: RuntimeId | typeof NOBODY,
): ThreadId | typeof NOBODY {
	return findThread((thread) => tryEnter(memory, thread, id, parent));
}

/** Declares a thread dead, under all its entries; only who knows that it takes no more steps may. */
export function markDead(memory: Memory, id: RuntimeId): void {
	findThread((thread) => {
		const word = loadState(memory, thread);
		const state = stateOf(word);
		if (runtimeIdOf(word) === id && (state === ALIVE || state === CLAIMING)) {
			swap(memory.words, stateAt(thread), word, stateWord(id, DEAD));
		}
		return false;
	});
}

/** The entry of a dead thread, as it was seen. */
export interface DeadEntry {
	readonly thread: ThreadId;
	readonly word: StateWord;
}

/**
 * Declares the children of a dead thread dead: a worker's workers end with it. (Where they do not, threads enter without a
 * parent.)
 */
export function markChildrenDead(memory: Memory, { word }: DeadEntry): void {
	findThread((thread) => {
		const child = loadState(memory, thread);
		if (stateOf(child) === ALIVE && load(memory.words, parentAt(thread)) === runtimeIdOf(word)) {
			markDead(memory, runtimeIdOf(child));
		}
		return false;
	});
}

/** The entries of the dead that nobody has swept yet. */
export function deadThreads(memory: Memory): DeadEntry[] {
	const dead: DeadEntry[] = [];
	findThread((thread) => {
		const word = loadState(memory, thread);
		if (stateOf(word) === DEAD) dead.push({ thread, word });
		return false;
	});
	return dead;
}

/**
 * Gives up a dead thread's entry, after all that it held was taken back; not if it has become another thread's, which may
 * be dead as well.
 */
export function vacate({ words }: Memory, { thread, word }: DeadEntry): void {
	swap(words, stateAt(thread), word, stateWord(runtimeIdOf(word), VACANT));
}
