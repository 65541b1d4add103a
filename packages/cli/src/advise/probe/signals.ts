const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Reports before a signal ends the program. Where the program handles the signal itself, it decides what happens, and the
 * report is written when it exits.
 */
export function reportOnSignals(report: () => void): void {
	for (const signal of SIGNALS) {
		const listener = (): void => {
			if (process.listenerCount(signal) > 1) return;
			report();
			process.removeListener(signal, listener);
			process.kill(process.pid, signal);
		};
		process.on(signal, listener);
	}
}
