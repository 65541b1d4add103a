import { aBoolean, aDuration, aFunction, aString, oneOf } from "../base/rules.ts";
import type { PoolOrder } from "./types.ts";

/** What each option of a `Pool` must be. */
export const OPTIONS = {
	name: aString,
	new: aFunction,
	reset: aFunction,
	keep: aFunction,
	dispose: aFunction,
	order: oneOf("local-first", "victim-first" satisfies PoolOrder),
	minAge: aDuration(0),
	stats: aBoolean,
};
