import type { Spool } from "./spool.ts";

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Reports before a signal ends the program. Where the program handles the signal itself, it decides what happens, and the
 * report is written when it exits. Either way the advisor is told that the signal has come through.
 */
export function reportOnSignals(spool: Spool, report: () => void): void {
	const listeners = new Map(SIGNALS.map((signal) => [signal, () => arrive(signal)]));
	for (const [signal, listener] of listeners) process.on(signal, listener);

	function arrive(signal: NodeJS.Signals): void {
		spool.acknowledgeSignal();
		if (process.listenerCount(signal) > 1) return;
		report();
		process.removeListener(signal, listeners.get(signal) as () => void);
		process.kill(process.pid, signal);
	}

	const { kill } = process;
	/** A process without listeners ends in the very call with which it signals itself. */
	process.kill = function (this: unknown, pid, signal = "SIGTERM") {
		const listener = listeners.get(signal as NodeJS.Signals);
		if (
			pid === process.pid &&
			listener !== undefined &&
			process.listenerCount(signal as NodeJS.Signals) === 1
		) {
			report();
			process.removeListener(signal as NodeJS.Signals, listener);
		}
		return kill.call(process, pid, signal);
	};
}
