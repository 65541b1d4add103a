/** The program's own `Math.random` may be seeded; drawing from it would change what it does. Marsaglia's xorshift32. */
let state = 0x9e3779b9 ^ (process.pid << 8) ^ Date.now();
if (state === 0) state = 1;

/** In (0, 1]. */
export function random(): number {
	state ^= state << 13;
	state ^= state >>> 17;
	state ^= state << 5;
	return ((state >>> 0) + 1) / 2 ** 32;
}
