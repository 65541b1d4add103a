import { ifPossible } from "../base/engine.ts";

/** By the reference to what is watched: what to do once the collector has taken it. */
const watched = ifPossible(() => new Map<WeakRef<object>, () => void>());

/** Held here: JavaScriptCore drops the callbacks of a registry that nobody refers to. */
const registry =
	typeof FinalizationRegistry === "undefined" ? undefined : new FinalizationRegistry<WeakRef<object>>(lose);

/** By what is watched: what its registration is known by. */
const tokens = ifPossible(() => new WeakMap<object, WeakRef<object>>());

/**
 * Calls `lost` when the collector has taken an item, unless its watch was ended before: by whichever pool it was put into.
 *
 * @param lost - must not refer to the item
 */
export function watchForLeak(item: object, lost: () => void): void {
	endLeakWatch(item);
	if (typeof WeakRef === "undefined") return;
	const token = new WeakRef(item);
	tokens.set(item, token);
	watched.set(token, lost);
	registry?.register(item, token, token);
}

/** Whatever becomes of the item, it is no leak. */
export function endLeakWatch(item: object): void {
	const token = tokens.get(item);
	if (token === undefined) return;
	registry?.unregister(token);
	watched.delete(token);
	tokens.delete(item);
}

function lose(token: WeakRef<object>): void {
	const lost = watched.get(token);
	watched.delete(token);
	lost?.();
}

/**
 * Tells at once of the leaks that a collection has found, and that the engine would tell of in a later turn: for the end of a
 * program, which has none. A collection is not run.
 *
 * @example
 * ```ts
 * import { enableChecks, reportLeaks } from "ebbpool/checks";
 *
 * enableChecks({ onViolation: "warn" });
 * process.on("exit", () => {
 *   globalThis.gc?.(); // there with node --expose-gc
 *   reportLeaks();
 * });
 * ```
 */
export function reportLeaks(): void {
	for (const token of [...(watched?.keys() ?? [])]) if (token.deref() === undefined) lose(token);
}
