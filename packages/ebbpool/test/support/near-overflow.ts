/** How deep to begin is found out anew each time, as optimized code takes less stack. */
const LEVELS = 300;

/**
 * Calls `attempt` at the end of the stack, and again a frame farther from it, and so on: at first nothing fits, then more and
 * more of what is attempted. It must have been called before, since a function that is compiled there never is.
 *
 * @param pad - shifts all depths by a little
 */
export function nearOverflow(attempt: () => void, pad: number): void {
	let left = LEVELS;

	function descend(depth: number): void {
		try {
			descend(depth + 1);
		} catch {
			// The stack is at its end.
		}
		if (left > 0) {
			left--;
			try {
				attempt();
			} catch {
				// There was not even room to judge what it came to.
			}
		}
	}

	function shift(frames: number, ...more: readonly number[]): void {
		if (frames === 0) descend(0);
		else shift(frames - 1, ...more);
	}

	shift(pad % 7, ...Array.from({ length: pad % 5 }, (_, i) => i));
}
