import { NEVER } from "../base/rules.ts";
import type { Entry } from "./entry.ts";
import type { Parts } from "./parts.ts";

/** Begins and ends leases: counts them, tells of them, and reports those that last too long, once each. */
export class Loans<T> {
	readonly #parts: Parts<T>;
	readonly #watched: boolean;
	/** Leases so far, and reports. */
	acquired = 0;
	leaks = 0;

	constructor(parts: Parts<T>) {
		this.#parts = parts;
		this.#watched = parts.settings.leaseTimeout < NEVER;
	}

	/** Whether there is nothing to do but count. */
	get plain(): boolean {
		const { news } = this.#parts;
		return !this.#watched && !news.has("acquire") && !news.has("release");
	}

	/** Where leases are watched, an error that carries the stack of the `acquire` that is running. */
	stack(): Error | undefined {
		if (!this.#watched) return undefined;
		return new Error(`a lease of this acquire lasts longer than ${this.#parts.settings.leaseTimeout} ms`);
	}

	begin(entry: Entry<T>, lease: object, waited: number, acquired: Error | undefined): void {
		const { environment, news } = this.#parts;
		entry.lease = lease;
		entry.since = this.plain ? undefined : environment.now();
		this.acquired++;
		if (acquired !== undefined) this.#watch(entry, acquired);
		news.tell("acquire", entry.item as T, waited);
	}

	end(entry: Entry<T>): void {
		const { environment, housekeeping, news } = this.#parts;
		entry.lease = undefined;
		if (entry.leak !== undefined) housekeeping.cancel(entry.leak);
		entry.leak = undefined;
		if (!news.has("release")) return;
		const { since } = entry;
		news.tell("release", entry.item as T, since === undefined ? undefined : environment.now() - since);
	}

	#watch(entry: Entry<T>, acquired: Error): void {
		const { settings, environment, housekeeping, news } = this.#parts;
		const since = environment.now();
		const fire = () => {
			this.leaks++;
			const report = { item: entry.item as T, heldFor: environment.now() - since, acquired };
			if (!news.tell("leak", report)) console.warn(acquired);
		};
		entry.leak = { fire };
		housekeeping.set(entry.leak, since + settings.leaseTimeout);
	}
}
