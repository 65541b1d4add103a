import type { Callback } from "./client.ts";

export interface Deferred<R> {
	readonly callback: Callback;
	/** Undefined where the caller gave a callback. */
	readonly result: Promise<R> | undefined;
}

/** What a method answers with: the caller's callback, or else a promise of the class that the pool's users chose. */
export function deferred<R>(promiseClass: PromiseConstructor, callback: Callback | undefined): Deferred<R> {
	if (callback) return { callback, result: undefined };
	let settle!: Callback;
	const result = new promiseClass<R>((resolve, reject) => {
		settle = (error, value) => (error ? reject(error) : resolve(value));
	});
	return { callback: settle, result: result.catch(rethrow) };
}

function rethrow(error: unknown): never {
	throw withStackOfHere(error);
}

/** As `pg-pool` does: the stack of what came from a socket leads nowhere, that of here to who waits for the promise. */
export function withStackOfHere(error: unknown): unknown {
	if (error instanceof Error) Error.captureStackTrace(error);
	return error;
}
