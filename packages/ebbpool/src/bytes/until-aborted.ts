import { type AbortSignalLike, onAbort, reasonOf } from "../base/signal.ts";

/**
 * Runs `work`, and stops waiting for it as soon as the signal aborts: then `abandon` runs and the promise rejects with
 * the signal's reason.
 *
 * @param work - calls `goOn` whenever it has waited, which throws once it is abandoned
 * @param abandon - throws nothing
 */
export async function untilAborted(
	signal: AbortSignalLike | undefined,
	work: (goOn: () => void) => Promise<void>,
	abandon: () => void = () => {},
): Promise<void> {
	if (signal === undefined) return work(() => {});
	let aborted = false;
	let reason: unknown;
	let tell!: (reason: unknown) => void;
	const abortion = new Promise<never>((_, reject) => {
		tell = reject;
	});
	const abort = (why: unknown) => {
		if (aborted) return;
		aborted = true;
		reason = why;
		tell(why);
		abandon();
	};
	const goOn = () => {
		try {
			if (signal.aborted) abort(reasonOf(signal));
		} catch (error) {
			// A signal that fails ends the wait, as one that aborts.
			abort(error);
		}
		if (aborted) throw reason;
	};
	const stop = onAbort(signal, abort);
	try {
		goOn();
		await Promise.race([abortion, work(goOn)]);
	} finally {
		// It may have aborted with nobody there to hear of it.
		abortion.catch(() => {});
		stop();
	}
}

/** Runs a part of a clean-up whose failure tells the caller nothing, as there is an error to see or nothing to do. */
export async function quietly(cleanUp: () => unknown): Promise<void> {
	try {
		await cleanUp();
	} catch {}
}
