/**
 * Work that may lead to itself: then another round of it follows, after this one and not inside it. So however many
 * resources a round closes, with hooks that are over at once, the stack stays flat.
 */
export class Reconciler {
	readonly #work: () => void;
	/** How often a round was wanted since the first of them began; 0 while none runs. */
	#wanted = 0;

	constructor(work: () => void) {
		this.#work = work;
	}

	run(): void {
		if (this.#wanted++ > 0) return;
		try {
			let served: number;
			do {
				served = this.#wanted;
				this.#work();
			} while (this.#wanted > served);
		} finally {
			// Only a stack that overflows gets here early: then the next one goes on.
			this.#wanted = 0;
		}
	}
}
