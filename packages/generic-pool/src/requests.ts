import type { ResourceLease, ResourcePool } from "ebbpool/resource";
import { TimeoutError } from "./timeout-error.ts";

/** The queue of those who wait, as generic-pool's users may bring their own. */
export interface IPriorityQueue<T> {
	readonly length: number;
	enqueue(element: T, priority?: number): void;
	dequeue(): T | undefined;
	readonly head: T | undefined;
	readonly tail: T | undefined;
}

/** One caller that waits. */
export class Request<T> {
	readonly promise: Promise<ResourceLease<T>>;
	settled = false;
	resolve!: (lease: ResourceLease<T>) => void;
	reject!: (error: unknown) => void;
	#timer: NodeJS.Timeout | undefined;

	constructor() {
		this.promise = new Promise((resolve, reject) => {
			this.resolve = (lease) => this.#settle(() => resolve(lease));
			this.reject = (error) => this.#settle(() => reject(error));
		});
	}

	/** Ends the wait after so many milliseconds. */
	within(ms: number, late: () => void): void {
		this.#timer = setTimeout(() => {
			this.reject(new TimeoutError("ResourceRequest timed out"));
			late();
		}, ms);
	}

	#settle(how: () => void): void {
		clearTimeout(this.#timer);
		this.settled = true;
		how();
	}
}

/**
 * Callers by priority. As many resources are asked for as callers wait; whichever comes goes to the first in this queue, not
 * to who asked for it.
 */
export class Requests<T> {
	readonly #resources: ResourcePool<T>;
	readonly #queue: IPriorityQueue<Request<T>>;
	readonly #asking = new Set<AbortController>();
	/** How many wait. */
	size = 0;

	constructor(resources: ResourcePool<T>, queue: IPriorityQueue<Request<T>>) {
		this.#resources = resources;
		this.#queue = queue;
	}

	add(priority: number | undefined, timeout: number | undefined): Promise<ResourceLease<T>> {
		const request = new Request<T>();
		this.#queue.enqueue(request, priority);
		this.size++;
		if (timeout !== undefined) {
			request.within(timeout, () => {
				this.size--;
				this.#balance();
			});
		}
		this.#balance();
		return request.promise;
	}

	/** Asks for more, or for fewer. */
	#balance(): void {
		while (this.#asking.size < this.size) this.#ask();
		for (const controller of this.#asking) {
			if (this.#asking.size <= this.size) break;
			this.#asking.delete(controller);
			controller.abort();
		}
	}

	#ask(): void {
		const controller = new AbortController();
		this.#asking.add(controller);
		this.#resources.acquire({ signal: controller.signal, timeout: Number.POSITIVE_INFINITY }).then(
			(lease) => {
				this.#asking.delete(controller);
				this.#serve(lease);
			},
			(error) => {
				// One that was called off is forgotten already.
				if (this.#asking.delete(controller)) this.#fail(error);
			},
		);
	}

	#serve(lease: ResourceLease<T>): void {
		const request = this.#next();
		if (request === undefined) void lease.release();
		else request.resolve(lease);
		this.#balance();
	}

	#fail(error: unknown): void {
		this.#next()?.reject(error);
	}

	#next(): Request<T> | undefined {
		for (let request = this.#queue.dequeue(); request !== undefined; request = this.#queue.dequeue()) {
			if (request.settled) continue;
			this.size--;
			return request;
		}
		return undefined;
	}
}
