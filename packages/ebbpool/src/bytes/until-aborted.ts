import { type AbortSignalLike, onAbort, reasonOf } from "../base/signal.ts";

/**
 * Runs `work`, and stops waiting for it as soon as the signal aborts: then `abandon` runs and the promise rejects with
 * the signal's reason. The work itself has to look at the signal whenever it goes on.
 */
export async function untilAborted(
	signal: AbortSignalLike | undefined,
	work: () => Promise<void>,
	abandon: () => void,
): Promise<void> {
	if (signal === undefined) return work();
	if (signal.aborted) {
		abandon();
		throw reasonOf(signal);
	}
	let stop!: () => void;
	const aborted = new Promise<never>((_, reject) => {
		stop = onAbort(signal, (reason) => {
			reject(reason);
			abandon();
		});
	});
	try {
		await Promise.race([aborted, work()]);
	} finally {
		stop();
	}
}
