import { aDuration, NEVER, type Rule, readOptions } from "../base/rules.ts";
import { runtime } from "./runtime.ts";

/** Settings of the whole thread; what is not given stays as it is. */
export interface Configuration {
	/**
	 * Milliseconds without a major collection after which every pool ages all the same; `false` or `Infinity`: never. Default 120,000,
	 * as long as Go waits before it forces a collection.
	 */
	readonly idleCleanup?: number | false | undefined;
	/**
	 * Milliseconds that an item which nobody takes lives at least after the first major collection that it sees, unless its
	 * pool has a rule of its own; 0: it goes with the second collection, as in Go. Memory that is short overrides it.
	 * Default 10,000: other code's garbage may provoke dozens of major collections a second.
	 */
	readonly minAge?: number | undefined;
}

const aDelay = aDuration(1);

const idleCleanupRule: Rule = {
	expected: `false, or ${aDelay.expected}`,
	accepts: (value) => value === false || aDelay.accepts(value),
};

/**
 * Changes settings of the whole thread.
 *
 * @throws `ERR_POOL_OPTION` for an unknown key, a wrong type or a number out of range; nothing is changed then
 *
 * @example
 * ```ts
 * import { configure } from "ebbpool";
 *
 * configure({ idleCleanup: 30_000 }); // give memory back after half a minute without a major collection
 * ```
 */
export function configure(configuration: Configuration): void {
	const { idleCleanup, minAge } = readOptions("configure", configuration, {
		idleCleanup: idleCleanupRule,
		minAge: aDuration(0),
	});
	if (idleCleanup !== undefined) runtime().setIdleCleanup(idleCleanup === false ? NEVER : idleCleanup);
	if (minAge !== undefined) runtime().setMinAge(minAge);
}
