import type { Timer } from "./host.ts";
import { repeatWith } from "./repeat.ts";

/** Taken at load: what the library needs for itself is not to be faked. */
const { setInterval, clearInterval } = globalThis;

export const repeat = (callback: () => void, ms: number): Timer =>
	repeatWith({ setInterval, clearInterval }, callback, ms);
