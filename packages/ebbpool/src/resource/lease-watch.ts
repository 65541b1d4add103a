import type { Deadlines } from "../base/deadlines.ts";
import type { Entry } from "./entry.ts";
import type { Environment } from "./environment.ts";
import type { LeakReport } from "./types.ts";

export interface LeaseWatchOwner<T> {
	leaked(report: LeakReport<T>): void;
}

/** Reports leases that last too long, once each. */
export class LeaseWatch<T> {
	readonly #timeout: number;
	readonly #environment: Environment;
	readonly #deadlines: Deadlines;
	readonly #owner: LeaseWatchOwner<T>;
	leaks = 0;

	constructor(timeout: number, environment: Environment, deadlines: Deadlines, owner: LeaseWatchOwner<T>) {
		this.#timeout = timeout;
		this.#environment = environment;
		this.#deadlines = deadlines;
		this.#owner = owner;
	}

	/** An error that carries the stack of the `acquire` that is running. */
	stack(): Error {
		return new Error(`a lease of this acquire lasts longer than ${this.#timeout} ms`);
	}

	begin(entry: Entry<T>, acquired: Error): void {
		const since = this.#environment.now();
		const fire = () => {
			this.leaks++;
			this.#owner.leaked({
				item: entry.item as T,
				heldFor: this.#environment.now() - since,
				acquired,
			});
		};
		entry.leak = { fire };
		this.#deadlines.set(entry.leak, since + this.#timeout);
	}

	end(entry: Entry<T>): void {
		if (entry.leak !== undefined) this.#deadlines.cancel(entry.leak);
		entry.leak = undefined;
	}
}
