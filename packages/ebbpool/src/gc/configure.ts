import { aDuration, NEVER, type Rule, readOptions } from "../base/rules.ts";
import { runtime } from "./runtime.ts";

/** Settings of the whole thread; what is not given stays as it is. */
export interface Configuration {
	/**
	 * Milliseconds without a major collection after which every pool ages all the same; `false` or `Infinity`: never. Default 120,000,
	 * as long as Go waits before it forces a collection.
	 */
	readonly idleCleanup?: number | false | undefined;
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
	const { idleCleanup } = readOptions("configure", configuration, { idleCleanup: idleCleanupRule });
	if (idleCleanup !== undefined) runtime.setIdleCleanup(idleCleanup === NEVER ? false : idleCleanup);
}
