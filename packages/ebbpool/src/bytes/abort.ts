import type { AbortSignalLike, Rule } from "../options.ts";

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
