/** Held here: JavaScriptCore drops the callbacks of a registry that nobody refers to. */
const registry =
	typeof FinalizationRegistry === "undefined"
		? undefined
		: new FinalizationRegistry<() => void>((lost) => lost());

/** By what is watched: what its registration is known by. */
const tokens = new WeakMap<object, object>();

/**
 * Calls `lost` when the collector has taken an item, unless its watch was ended before: by whichever pool it was put into.
 *
 * @param lost - must not refer to the item
 */
export function watchForLeak(item: object, lost: () => void): void {
	endLeakWatch(item);
	const token = {};
	tokens.set(item, token);
	registry?.register(item, lost, token);
}

/** Whatever becomes of the item, it is no leak. */
export function endLeakWatch(item: object): void {
	const token = tokens.get(item);
	if (token !== undefined) registry?.unregister(token);
	tokens.delete(item);
}
