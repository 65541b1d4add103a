import type { ResourcePool } from "ebbpool/resource";

/**
 * Opens resources that nobody asked for, until there are `min`. It asks for them itself and gives them back at once; what is
 * idle meanwhile is held for that moment, or it would be lent instead of a new one.
 */
export class Minimum<T> {
	readonly #resources: ResourcePool<T>;
	readonly #asking = new Set<AbortController>();

	constructor(resources: ResourcePool<T>) {
		this.#resources = resources;
	}

	/** How many it waits for; they are no caller's. */
	get asking(): number {
		return this.#asking.size;
	}

	ensure(shortfall: number): void {
		const missing = shortfall - this.#asking.size;
		if (missing <= 0) return;
		const held = [];
		for (let lease = this.#resources.tryAcquire(); lease; lease = this.#resources.tryAcquire()) {
			held.push(lease);
		}
		for (let i = 0; i < missing; i++) this.#ask();
		for (const lease of held) void lease.release();
	}

	#ask(): void {
		const controller = new AbortController();
		this.#asking.add(controller);
		this.#resources
			.acquire({ signal: controller.signal, timeout: Number.POSITIVE_INFINITY })
			.then((lease) => lease.release())
			// What it fails with is an event already.
			.catch(() => {})
			.finally(() => this.#asking.delete(controller));
	}

	stop(): void {
		for (const controller of [...this.#asking]) controller.abort();
	}
}
