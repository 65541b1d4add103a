import type { Environment } from "../gc/environment.ts";
import type { Alarms } from "./alarms.ts";
import type { Entry } from "./entry.ts";
import type { LeakReport } from "./types.ts";

/** Reports leases that last too long, once each. */
export class LeaseWatch<T> {
	readonly #timeout: number;
	readonly #environment: Environment;
	readonly #alarms: Alarms;
	readonly #report: (report: LeakReport<T>) => void;
	leaks = 0;

	constructor(
		timeout: number,
		environment: Environment,
		alarms: Alarms,
		report: (report: LeakReport<T>) => void,
	) {
		this.#timeout = timeout;
		this.#environment = environment;
		this.#alarms = alarms;
		this.#report = report;
	}

	/** An error that carries the stack of the `acquire` that is running. */
	stack(): Error {
		return new Error(`a lease of this acquire lasts longer than ${this.#timeout} ms`);
	}

	begin(entry: Entry<T>, acquired: Error): void {
		const since = this.#environment.now();
		const ring = () => {
			this.leaks++;
			this.#report({ item: entry.item as T, heldFor: this.#environment.now() - since, acquired });
		};
		entry.leak = { ring };
		this.#alarms.set(entry.leak, since + this.#timeout);
	}

	end(entry: Entry<T>): void {
		if (entry.leak !== undefined) this.#alarms.cancel(entry.leak);
		entry.leak = undefined;
	}
}
