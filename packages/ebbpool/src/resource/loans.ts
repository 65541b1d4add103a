import { NEVER } from "../base/rules.ts";
import type { Entry } from "./entry.ts";
import type { Parts } from "./parts.ts";

/** Begins and ends leases: tells of them, and reports those that last too long, once each. */
export class Loans<T> {
	readonly #parts: Parts<T>;
	readonly #watched: boolean;
	/** Whether anybody listens to the events of leases. */
	#told = false;

	constructor(parts: Parts<T>) {
		this.#parts = parts;
		this.#watched = parts.settings.leaseTimeout < NEVER;
	}

	/** Looks anew at who listens. */
	tune(): void {
		const { news, places } = this.#parts;
		const told = news.has("acquire") || news.has("release");
		// What the leases of now began with is not to be taken for the beginning of later ones.
		if (this.#told && !told)
			for (const entry of places.all) if (entry.lease !== undefined) entry.since = undefined;
		this.#told = told;
	}

	/** Whether there is nothing to do but count. */
	get plain(): boolean {
		return !this.#watched && !this.#told;
	}

	/** Where leases are watched, an error that carries the stack of the `acquire` that is running. */
	stack(): Error | undefined {
		if (!this.#watched) return undefined;
		return new Error(`a lease of this acquire lasts longer than ${this.#parts.settings.leaseTimeout} ms`);
	}

	begin(entry: Entry<T>, lease: object, waited: number, acquired: Error | undefined): void {
		entry.lease = lease;
		if (acquired !== undefined) this.#watch(entry, acquired);
		if (!this.#told) return;
		const { environment, news } = this.#parts;
		entry.since = environment.now();
		news.tell("acquire", entry.item as T, waited);
	}

	end(entry: Entry<T>): void {
		entry.lease = undefined;
		if (this.plain) return;
		const { environment, housekeeping, news } = this.#parts;
		if (entry.leak !== undefined) housekeeping.cancel(entry.leak);
		entry.leak = undefined;
		const { since } = entry;
		entry.since = undefined;
		news.tell("release", entry.item as T, since === undefined ? undefined : environment.now() - since);
	}

	#watch(entry: Entry<T>, acquired: Error): void {
		const { settings, environment, housekeeping, news } = this.#parts;
		const since = environment.now();
		const fire = () => {
			this.#parts.counts.leaks++;
			const report = { item: entry.item as T, heldFor: environment.now() - since, acquired };
			if (!news.tell("leak", report)) globalThis.console?.warn(acquired);
		};
		entry.leak = { fire };
		housekeeping.set(entry.leak, since + settings.leaseTimeout);
	}
}
