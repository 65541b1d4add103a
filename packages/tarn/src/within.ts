import type { Callback, CallbackOrPromise } from "./options.ts";
import { TimeoutError } from "./timeout-error.ts";

const UNKNOWN = "operation timed out for an unknown reason";

/** What tarn says of a wait that was too long: what last went wrong, if anything did. */
export function timeoutError(cause: unknown): TimeoutError {
	return new TimeoutError(cause instanceof Error ? cause.message : UNKNOWN, { cause });
}

/**
 * Waits for a promise so many milliseconds.
 *
 * @param late - receives what it is fulfilled with after that
 */
export function within<R>(ms: number, promise: Promise<R>, late?: (result: R) => void): Promise<R> {
	return new Promise((resolve, reject) => {
		let over = false;
		const timer = setTimeout(() => {
			over = true;
			reject(timeoutError(undefined));
		}, ms);
		promise.then(
			(result) => {
				clearTimeout(timer);
				if (over) late?.(result);
				else resolve(result);
			},
			(error) => {
				clearTimeout(timer);
				reject(error);
			},
		);
	});
}

/**
 * Calls a `create` of either kind: what comes first counts, its callback or what it returns. A result that is not truthy means
 * that the callback is still to be called.
 */
export function created<T>(create: CallbackOrPromise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const callback: Callback<T> = (error, resource) => (error ? reject(error) : resolve(resource));
		const call = async (): Promise<T | undefined> => create(callback);
		call().then((resource) => void (resource && resolve(resource)), reject);
	});
}
