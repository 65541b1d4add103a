/**
 * Every step on shared memory that another thread can see, as one function each: the explorer puts a stepped stand-in in
 * the place of this module, and engines inline these.
 */

export const load = (words: Int32Array, at: number): number => Atomics.load(words, at);

export const store = (words: Int32Array, at: number, value: number): void => {
	Atomics.store(words, at, value);
};

/** Compare and swap: whether the word was `expected`, and is `value` now. */
export const swap = (words: Int32Array, at: number, expected: number, value: number): boolean =>
	Atomics.compareExchange(words, at, expected, value) === expected;

/** @returns the word before */
export const add = (words: Int32Array, at: number, by: number): number => Atomics.add(words, at, by);

export const setBits = (words: Int32Array, at: number, bits: number): void => {
	Atomics.or(words, at, bits);
};

export const clearBits = (words: Int32Array, at: number, bits: number): void => {
	Atomics.and(words, at, ~bits);
};

/** A plain read, for hints on hot paths: may be older than what another thread wrote, never torn. */
export const peek = (words: Int32Array, at: number): number => words[at] as number;

export const wake = (words: Int32Array, at: number): void => {
	Atomics.notify(words, at);
};

/** Counts something that only this thread counts there, for the statistics: no decision ever depends on it. */
export const count = (words: Int32Array, at: number): void => {
	words[at] = (words[at] as number) + 1;
};

/** Counts something for the statistics, whoever else does. */
export const tally = (words: Int32Array, at: number, by: number): void => {
	Atomics.add(words, at, by);
};
