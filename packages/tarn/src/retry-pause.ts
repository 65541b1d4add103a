/**
 * The pause after a creation that failed, for those who wait since then. A newcomer ends it, as in tarn; what is left then
 * is the pause of the pool behind.
 */
export class RetryPause {
	readonly #ms: number;
	#until = 0;
	#end: (() => void) | undefined;

	constructor(ms: number) {
		this.#ms = ms;
	}

	/** Whether somebody waits for its end. */
	get isRunning(): boolean {
		return this.#end !== undefined;
	}

	begin(): void {
		this.#until = performance.now() + this.#ms;
	}

	end(): void {
		this.#until = 0;
		this.#end?.();
	}

	/** Waits for its end, or the signal's abort; nothing where there is none. */
	over(signal: AbortSignal): Promise<void> | undefined {
		const left = this.#until - performance.now();
		if (left <= 0) return undefined;
		return new Promise((resolve) => {
			const end = () => {
				this.#end = undefined;
				clearTimeout(timer);
				signal.removeEventListener("abort", end);
				resolve();
			};
			const timer = setTimeout(end, left);
			signal.addEventListener("abort", end);
			this.#end = end;
		});
	}
}
