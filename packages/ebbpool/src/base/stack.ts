/** Calls itself so many times; the addition keeps engines from turning the call into a loop. */
function descend(calls: number): number {
	return calls === 0 ? 0 : 1 + descend(calls - 1);
}

/**
 * How many such calls a piece of work takes that runs no code but the library's own and the engine's, and how many one
 * that begins a hook: they take 64 to 96 bytes each on V8, like the library's own.
 */
export const ROOM = { forWork: 40, forHooks: 120 } as const;

/**
 * Whether the stack has room for so many calls. Asked before the first of several changes that belong together: else a
 * caller at the end of the stack would be thrown out between two of them.
 */
export function hasRoom(calls: number): boolean {
	try {
		descend(calls);
		return true;
	} catch {
		return false;
	}
}

/** Throws what the engine throws where the stack ends, unless it has room for so many calls. */
export function expectRoom(calls: number): void {
	descend(calls);
}
