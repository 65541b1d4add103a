import { clearLine, cursorTo } from "node:readline";
import type { WriteStream } from "node:tty";

/** Tells how far the measurement is: on a terminal in one line that is rewritten, elsewhere in a line per workload. */
export class Progress {
	readonly #stream: WriteStream;
	readonly #workloads: number;
	readonly #rounds: number;
	readonly #began = performance.now();
	#workloadsDone = 0;
	#roundsBegun = 0;

	constructor(stream: WriteStream, workloads: number, roundsPerWorkload: number) {
		this.#stream = stream;
		this.#workloads = workloads;
		this.#rounds = workloads * roundsPerWorkload;
	}

	/** A round of a workload begins. */
	round(workload: string): void {
		if (this.#stream.isTTY) {
			const share = this.#roundsBegun / this.#rounds;
			const elapsed = (performance.now() - this.#began) / 1000;
			const remaining = share === 0 ? "" : `, ${Math.round(elapsed / share - elapsed)} s left`;
			this.clear();
			this.#stream.write(`measuring ${workload}: ${Math.round(share * 100)} %${remaining}`);
		}
		this.#roundsBegun++;
	}

	/** All rounds of a workload are over, or it failed. */
	workloadDone(workload: string): void {
		this.#workloadsDone++;
		this.#roundsBegun = (this.#rounds / this.#workloads) * this.#workloadsDone;
		if (!this.#stream.isTTY)
			this.#stream.write(`${workload}: ${this.#workloadsDone} of ${this.#workloads} done\n`);
	}

	clear(): void {
		if (!this.#stream.isTTY) return;
		cursorTo(this.#stream, 0);
		clearLine(this.#stream, 0);
	}
}
