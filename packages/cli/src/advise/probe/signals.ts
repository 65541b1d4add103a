import type { Spool } from "./spool.ts";
import { hearNoMore, hearUnseen } from "./unseen.ts";

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Reports before a signal ends the program. Where the program handles the signal itself, it decides what happens, and the
 * report is written when it exits. Either way the advisor is told that the signal has come through.
 */
export function reportOnSignals(spool: Spool, report: () => void): void {
	for (const signal of SIGNALS) hearUnseen(signal, () => arrive(signal));
	const heard = new Set<unknown>(SIGNALS);

	function arrive(signal: NodeJS.Signals): void {
		spool.acknowledgeSignal();
		if (process.listenerCount(signal) > 0) return;
		report();
		hearNoMore(signal);
		process.kill(process.pid, signal);
	}

	const { kill } = process;
	/** A process without listeners ends in the very call with which it signals itself. */
	process.kill = function (this: unknown, pid, signal = "SIGTERM") {
		if (pid === process.pid && heard.has(signal) && process.listenerCount(signal as NodeJS.Signals) === 0) {
			report();
			hearNoMore(signal as NodeJS.Signals);
		}
		return kill.call(process, pid, signal);
	};
}
