/** Frames of this function take more stack than what is to be done for certain afterwards. */
const FRAMES = 64;

/**
 * Throws a `RangeError` where the stack is nearly at its end, before anything was done. What a caller does at the same depth
 * later on, in a `catch` above all, then does not overflow.
 */
export function expectStackRoom(frames = FRAMES): number {
	return frames === 0 ? 0 : 1 + expectStackRoom(frames - 1);
}
