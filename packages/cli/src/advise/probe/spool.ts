import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ThreadReport } from "./thread-report.ts";

/** Names the folder to the probes; set by the advisor, inherited by whatever the program starts. */
export const SPOOL_VARIABLE = "EBBPOOL_ADVISE_SPOOL";

/** The file that says that a signal has reached the program's code. */
export const SIGNAL_SEEN = "signal-seen";

/** The folder in which every thread of the program leaves its report for the advisor. */
export class Spool {
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** Replaces what the thread wrote before. A folder that is gone means that nobody reads it any more. */
	write(report: ThreadReport, heapProfile: string | undefined): void {
		const name = `${report.pid}-${report.threadId}`;
		try {
			this.#replace(`${name}.json`, JSON.stringify(report));
			if (heapProfile !== undefined) this.#replace(`${name}.heapprofile`, heapProfile);
		} catch {
			// The program must not fail for what the advisor cannot store.
		}
	}

	/** Tells the advisor that a signal has reached the program's code. */
	acknowledgeSignal(): void {
		try {
			writeFileSync(join(this.#folder, SIGNAL_SEEN), "");
		} catch {
			// As above.
		}
	}

	#replace(name: string, text: string): void {
		const path = join(this.#folder, name);
		writeFileSync(`${path}.part`, text);
		renameSync(`${path}.part`, path);
	}
}
