import type { Terminal } from "../report/terminal.ts";

/** Back to the first column, and everything from there is gone. */
const CLEAR_LINE = "\r\u001b[2K";

/** Tells how far the measurement is: on a terminal in one line that is rewritten, elsewhere in a line per workload. */
export class Progress {
	readonly #terminal: Terminal;
	readonly #workloads: number;
	readonly #rounds: number;
	readonly #began = performance.now();
	#workloadsDone = 0;
	#roundsBegun = 0;

	constructor(terminal: Terminal, workloads: number, roundsPerWorkload: number) {
		this.#terminal = terminal;
		this.#workloads = workloads;
		this.#rounds = workloads * roundsPerWorkload;
	}

	/** A round of a workload begins. */
	round(workload: string): void {
		if (this.#terminal.canRewrite) {
			const share = this.#roundsBegun / this.#rounds;
			const elapsed = (performance.now() - this.#began) / 1000;
			const remaining = share === 0 ? "" : `, ${Math.round(elapsed / share - elapsed)} s left`;
			const line = `${workload}: ${Math.round(share * 100)} %${remaining}`;
			this.#terminal.write(`${CLEAR_LINE}${line.slice(0, (this.#terminal.columns ?? 80) - 1)}`);
		}
		this.#roundsBegun++;
	}

	/** All rounds of a workload are over, or it failed. */
	workloadDone(workload: string): void {
		this.#workloadsDone++;
		this.#roundsBegun = (this.#rounds / this.#workloads) * this.#workloadsDone;
		if (!this.#terminal.canRewrite)
			this.#terminal.write(`${workload}: ${this.#workloadsDone} of ${this.#workloads} done\n`);
	}

	clear(): void {
		if (this.#terminal.canRewrite) this.#terminal.write(CLEAR_LINE);
	}
}
