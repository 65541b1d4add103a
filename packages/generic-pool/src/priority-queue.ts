import { Deque } from "./deque.ts";

/** Deques by priority, 0 first; whoever asks for one that there is not goes to the last. */
export class PriorityQueue<T> {
	readonly #slots: Deque<T>[];

	constructor(size: number) {
		this.#slots = Array.from({ length: Math.max(+size | 0, 1) }, () => new Deque<T>());
	}

	get length(): number {
		return this.#slots.reduce((sum, { length }) => sum + length, 0);
	}

	enqueue(element: T, priority?: number): void {
		const wanted = (priority && +priority | 0) || 0;
		const last = this.#slots.length - 1;
		const slot = wanted < 0 || wanted > last ? last : wanted;
		this.#slots[slot]?.push(element);
	}

	dequeue(): T | undefined {
		return this.#slots.find(({ length }) => length > 0)?.shift();
	}

	/** Takes one out, wherever it is. */
	delete(element: T): void {
		for (const slot of this.#slots) slot.delete(element);
	}

	get head(): T | undefined {
		return this.#slots.find(({ length }) => length > 0)?.head;
	}

	get tail(): T | undefined {
		return this.#slots.findLast(({ length }) => length > 0)?.tail;
	}
}
