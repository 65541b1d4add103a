/** Calls itself so many times; the addition keeps engines from turning the call into a loop. */
function descend(calls: number): number {
	return calls === 0 ? 0 : 1 + descend(calls - 1);
}

/** The least that such a call takes of the stack, in bytes: on V8, where its code is optimized. */
const BYTES_A_CALL = 64;

/**
 * Whether the stack has room for so many bytes. Asked before the first of several changes that belong together: else a
 * caller at the end of the stack would be thrown out between two of them.
 */
export function hasStack(bytes: number): boolean {
	try {
		descend((bytes / BYTES_A_CALL) | 0);
		return true;
	} catch {
		return false;
	}
}
