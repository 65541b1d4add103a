import type { Rule } from "../options.ts";

/** An `AbortSignal`, as far as it matters here: our declarations need neither DOM's nor Node's. */
export interface AbortSignalLike {
	readonly aborted: boolean;
	readonly reason: unknown;
	throwIfAborted(): void;
	addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
	removeEventListener(type: "abort", listener: () => void): void;
}

export const aSignal: Rule = {
	expected: "an AbortSignal",
	accepts: (value) => typeof (value as Partial<AbortSignalLike> | null)?.throwIfAborted === "function",
};

/**
 * Runs `work`, and stops waiting for it as soon as the signal aborts: then `abandon` runs and the promise rejects with
 * `signal.reason`. The work itself has to look at the signal whenever it goes on.
 */
export function untilAborted(
	signal: AbortSignalLike | undefined,
	work: () => Promise<void>,
	abandon: () => void,
): Promise<void> {
	if (signal === undefined) return work();
	return new Promise((resolve, reject) => {
		const abort = () => {
			abandon();
			reject(signal.reason);
		};
		if (signal.aborted) return abort();
		signal.addEventListener("abort", abort, { once: true });
		work()
			.then(resolve, reject)
			.finally(() => signal.removeEventListener("abort", abort));
	});
}
