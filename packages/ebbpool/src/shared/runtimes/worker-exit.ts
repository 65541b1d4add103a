import { nextTurn } from "#host";

/** A worker of `node:worker_threads`, as far as its end is concerned. */
export interface ExitingWorker {
	readonly threadId: number;
	on(event: "exit", listener: () => void): unknown;
	on(event: "removeListener", listener: (event: string, listener: unknown) => void): unknown;
	removeListener(event: string, listener: unknown): unknown;
	listeners(event: string): readonly unknown[];
}

/**
 * Resolves a turn after a worker's `exit`. Others may take all listeners off a worker, as libraries of worker pools do: these
 * come back as soon as they are missed, which is at once where emitters tell of it, and else when {@link check} is called.
 */
export class WorkerExit {
	readonly settled: Promise<void>;
	readonly #worker: ExitingWorker;
	#isOver = false;
	#settle: () => void = () => {};

	constructor(worker: ExitingWorker) {
		this.#worker = worker;
		this.settled = new Promise((resolve) => {
			// The last messages come right before `exit`, so what awaits one goes on only after it: give it that turn.
			this.#settle = () => nextTurn(resolve);
		});
		this.check();
	}

	/** Looks whether the worker has ended, and whether its end would be noticed. */
	check(): void {
		if (this.#isOver) return;
		const worker = this.#worker;
		if (worker.threadId < 0) this.#exited();
		if (!worker.listeners("exit").includes(this.#exited)) worker.on("exit", this.#exited);
		if (!worker.listeners("removeListener").includes(this.#removed))
			worker.on("removeListener", this.#removed);
	}

	readonly #exited = (): void => {
		if (this.#isOver) return;
		this.#isOver = true;
		this.#settle();
	};

	readonly #removed = (event: string, listener: unknown): void => {
		if (event !== "exit" || listener !== this.#exited) return;
		// After whatever removes it: that may be about to remove the others.
		queueMicrotask(() => this.check());
	};
}
