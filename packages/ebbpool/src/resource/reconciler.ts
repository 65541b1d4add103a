import { hasRoom, ROOM } from "../base/stack.ts";
import type { Environment } from "./environment.ts";

export interface ReconcilerOwner {
	/** Does what there is to do now. */
	reconcile(): void;
}

/**
 * Work that may lead to itself: then another round of it follows, after this one and not inside it. So however many
 * resources a round closes, with hooks that are over at once, the stack stays flat.
 */
export class Reconciler {
	readonly #owner: ReconcilerOwner;
	readonly #environment: Environment;
	/** How often a round was wanted since the first of them began; 0 while none runs. */
	#wanted = 0;

	constructor(owner: ReconcilerOwner, environment: Environment) {
		this.#owner = owner;
		this.#environment = environment;
	}

	run(): void {
		if (this.#wanted++ > 0) return;
		try {
			let served: number;
			do {
				served = this.#wanted;
				this.#owner.reconcile();
			} while (this.#wanted > served);
		} finally {
			this.#wanted = 0;
		}
	}

	/** Whether the stack has room for a hook; if not, a round follows in a microtask, where it has. */
	hasRoom(): boolean {
		if (hasRoom(ROOM.forHooks)) return true;
		void later(this.#environment, () => this.run());
		return false;
	}
}

/** Does something in a microtask, where the stack has room for it. */
export function later<R>(environment: Environment, work: () => R | PromiseLike<R>): Promise<R> {
	return environment.detached(() => Promise.resolve().then(work));
}
