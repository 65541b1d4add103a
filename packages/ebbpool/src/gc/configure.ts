import { expectOptions, type Rule } from "../options.ts";
import { runtime } from "./runtime.ts";

/** Settings of the whole thread; what is not given stays as it is. */
export interface Configuration {
	/**
	 * Milliseconds without a major collection after which every pool ages all the same; `false`: never. Default 120,000,
	 * as long as Go waits before it forces a collection.
	 */
	readonly idleCleanup?: number | false | undefined;
}

/** The longest delay that timers take, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

const idleCleanupRule: Rule = {
	expected: `false or a number of milliseconds from 1 to ${MAX_DELAY}`,
	accepts: (value) => value === false || (typeof value === "number" && value >= 1 && value <= MAX_DELAY),
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
	expectOptions("configure", configuration, { idleCleanup: idleCleanupRule });
	if (configuration.idleCleanup !== undefined) runtime.setIdleCleanup(configuration.idleCleanup);
}
