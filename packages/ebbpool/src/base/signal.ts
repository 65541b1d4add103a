import { reportUncaught } from "./errors.ts";
import type { Rule } from "./rules.ts";

/** What the library uses of an `AbortSignal`, of any realm, or of a polyfill, which may know no `reason`. */
export interface AbortSignalLike {
	readonly aborted: boolean;
	readonly reason?: unknown;
	addEventListener(type: "abort", listener: () => void): void;
	removeEventListener(type: "abort", listener: () => void): void;
}

/** The `AbortSignal` of whatever types the program has; without any, what the library uses of it. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : AbortSignalLike;

export const anAbortSignal: Rule = {
	expected: "an AbortSignal",
	accepts: (value) =>
		typeof (value as AbortSignalLike | null)?.aborted === "boolean" &&
		typeof (value as AbortSignalLike).addEventListener === "function" &&
		typeof (value as AbortSignalLike).removeEventListener === "function",
};

/**
 * Why a signal was aborted: its reason, or, where it has none, an error such as `AbortController` makes; what it throws instead
 * is a reason as well, as somebody waits to be told one.
 */
export function reasonOf(signal: AbortSignalLike): unknown {
	try {
		const { reason } = signal;
		if (reason !== undefined) return reason;
	} catch (error) {
		return error;
	}
	const message = "This operation was aborted";
	if (typeof DOMException === "function") return new DOMException(message, "AbortError");
	return Object.assign(new Error(message), { name: "AbortError" });
}

export function throwIfAborted(signal: AbortSignalLike | undefined): void {
	if (signal?.aborted) throw reasonOf(signal);
}

/**
 * Calls `listener` with the reason when the signal aborts. One listener a call, in the signal's list until it is removed.
 *
 * @returns what removes it, and throws nothing: whoever calls it is done already
 */
export function onAbort(signal: AbortSignalLike, listener: (reason: unknown) => void): () => void {
	const abort = () => listener(reasonOf(signal));
	signal.addEventListener("abort", abort);
	return () => stopListening(signal, abort);
}

/** Removes a listener; what the signal throws goes where uncaught errors go. */
export function stopListening(signal: AbortSignalLike, listener: () => void): void {
	try {
		signal.removeEventListener("abort", listener);
	} catch (error) {
		reportUncaught(error);
	}
}
