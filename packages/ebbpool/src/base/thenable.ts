import { PoolError } from "./errors.ts";

/** Whether a value has a method `then`; one that refuses to be asked has none. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
	try {
		return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
	} catch {
		return false;
	}
}

/**
 * A promise of our own that follows a thenable, and so settles once however often its `then` calls back, and also where
 * that throws. (`Promise.resolve` returns a promise as it is, with whatever `then` somebody gave it.)
 */
export const follow = async <V>(thenable: V): Promise<Awaited<V>> => thenable as Awaited<V>;

/**
 * Throws if a hook returned a thenable: what it does would still be going on when the item is handed on.
 *
 * @param settled - receives what the thenable resolves with; its rejection is handled and forgotten
 */
export function forbidThenable(
	value: unknown,
	hook: string,
	settled: (value: unknown) => void = () => {},
): void {
	if (value === undefined || !isThenable(value)) return;
	follow(value).then(settled, () => {});
	throw new PoolError("ERR_POOL_HOOK", `Pool: hook ${hook}: expected a synchronous result, got a promise`);
}
