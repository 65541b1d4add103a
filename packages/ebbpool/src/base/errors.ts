import { brand } from "./brand.ts";

/** What went wrong, as a stable string; every one starts with `ERR_POOL_`. */
export type PoolErrorCode =
	| "ERR_POOL_OPTION"
	| "ERR_POOL_ARGUMENT"
	| "ERR_POOL_RANGE"
	| "ERR_POOL_NOT_HELD"
	| "ERR_POOL_HOOK"
	| "ERR_POOL_DISPOSED"
	| "ERR_POOL_RELEASED"
	| "ERR_POOL_EXHAUSTED"
	| "ERR_POOL_TIMEOUT"
	| "ERR_POOL_QUEUE_FULL"
	| "ERR_POOL_DRAINED"
	| "ERR_POOL_HANDLE"
	| "ERR_POOL_VIOLATION";

/**
 * Every error that Ebbpool itself raises. Errors of your own hooks and callbacks reach you as they are, unless several
 * happen inside one call: then they arrive together as one `ERR_POOL_HOOK` with {@link PoolError.errors}.
 *
 * `instanceof PoolError` also holds for an error raised by another copy of this package.
 *
 * @example
 * ```ts
 * import { Pool, PoolError } from "ebbpool";
 *
 * const pool = new Pool(() => []);
 * pool[Symbol.dispose]();
 * try {
 *   pool.get();
 * } catch (error) {
 *   if (!(error instanceof PoolError)) throw error;
 *   console.log(error.code); // ERR_POOL_DISPOSED
 * }
 * ```
 */
export class PoolError extends Error {
	readonly code: PoolErrorCode;
	/** The errors gathered inside one call, in the order in which they happened. */
	declare readonly errors?: readonly unknown[];

	/** @param options - `cause` as of any error; `errors` where several things failed inside one call */
	constructor(
		code: PoolErrorCode,
		message: string,
		options?: ErrorOptions & { readonly errors?: readonly unknown[] },
	) {
		super(message, options);
		this.code = code;
		if (options?.errors) this.errors = options.errors;
	}
}
PoolError.prototype.name = "PoolError";
brand(PoolError, "PoolError");

/**
 * What a method of a pool says that was disposed of.
 * @internal
 */
export function disposed(method: string): PoolError {
	return new PoolError("ERR_POOL_DISPOSED", `${method}: expected a pool, got a disposed one`);
}

/**
 * What a method threw that another one has called, in the name of that one, which the user knows; whatever else was thrown
 * stays as it is.
 * @internal
 */
export function inNameOf(method: string, called: string, error: unknown): unknown {
	if (!(error instanceof PoolError) || !error.message.startsWith(`${called}: `)) return error;
	return new PoolError(error.code, method + error.message.slice(called.length), error);
}

/**
 * What a method throws that gathered errors: the one as it is, or all of them as one `ERR_POOL_HOOK`.
 * @internal
 */
export function combine(method: string, errors: readonly unknown[]): unknown {
	if (errors.length === 1) return errors[0];
	return new PoolError("ERR_POOL_HOOK", `${method}: expected no error, got ${errors.length}: see errors`, {
		cause: errors[0],
		errors,
	});
}

/**
 * What {@link combine} made one error of; any other error stands for itself.
 * @internal
 */
export function partsOf(error: unknown): readonly unknown[] {
	const gathered = error instanceof PoolError && error.code === "ERR_POOL_HOOK";
	return (gathered && error.errors) || [error];
}

/**
 * Throws what a method gathered, if anything.
 * @internal
 */
export function throwAll(method: string, errors: readonly unknown[]): void {
	if (errors.length > 0) throw combine(method, errors);
}

/**
 * Sends an error that no caller is there to receive to where uncaught errors go.
 * @internal
 */
export function reportUncaught(error: unknown): void {
	const fail = () => {
		throw error;
	};
	// Small engines have promises only: their uncaught errors are unhandled rejections.
	if (typeof queueMicrotask === "function") queueMicrotask(fail);
	else (async () => fail())();
}
