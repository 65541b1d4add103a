import { forbidThenable } from "../base/thenable.ts";

/** What a pair of hooks returns for an item that is not to be kept. */
export const REFUSED = {};

/** Both hooks in one, so that a put has one call to make: it returns `undefined` for an item to keep. */
export function both<T>(
	reset: ((item: T) => unknown) | undefined,
	keep: (item: T) => unknown,
): (item: T) => unknown {
	return (item) => {
		const result = reset?.(item);
		if (result !== undefined) forbidThenable(result, "reset");
		const kept = keep(item);
		if (kept === true) return undefined;
		forbidThenable(kept, "keep");
		return REFUSED;
	};
}
