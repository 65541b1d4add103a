import type { Inapplicable } from "./jobs.ts";

/** Timers belong to a request there, so that pools age while they are used; threads that share memory there are none. */
export const notOnWorkerd: readonly Inapplicable[] = [
	{
		tests: /^the clock: (where no collection comes|a new delay holds)/,
		why: "no timer outlives a request; pools age while they are used",
	},
	{
		tests: /^SharedPool.*getAsync/,
		why: "what waits for shared memory goes on outside of its request, as there are no threads to share it with",
	},
];

export const notOnQuickJS: readonly Inapplicable[] = [];
