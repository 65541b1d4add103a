export interface ReconcilerOwner {
	/** Does what there is to do now. */
	round(): void;
}

/**
 * Work that may lead to itself: then another round of it follows, after this one and not inside it. So however many
 * resources a round closes, with hooks that are over at once, the stack stays flat.
 */
export class Reconciler {
	readonly #owner: ReconcilerOwner;
	/** How often a round was wanted since the first of them began; 0 while none runs. */
	#wanted = 0;

	constructor(owner: ReconcilerOwner) {
		this.#owner = owner;
	}

	run(): void {
		if (this.#wanted++ > 0) return;
		try {
			let served: number;
			do {
				served = this.#wanted;
				this.#owner.round();
			} while (this.#wanted > served);
		} finally {
			this.#wanted = 0;
		}
	}
}
