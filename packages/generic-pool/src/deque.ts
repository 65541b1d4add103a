/** A queue with two ends. */
export class Deque<T> implements Iterable<T> {
	#items: T[] = [];

	shift(): T | undefined {
		return this.#items.shift();
	}

	unshift(element: T): void {
		this.#items.unshift(element);
	}

	push(element: T): void {
		this.#items.push(element);
	}

	pop(): T | undefined {
		return this.#items.pop();
	}

	/** Takes one out, wherever it is. */
	delete(element: T): void {
		const index = this.#items.indexOf(element);
		if (index >= 0) this.#items.splice(index, 1);
	}

	get head(): T | undefined {
		return this.#items[0];
	}

	get tail(): T | undefined {
		return this.#items.at(-1);
	}

	get length(): number {
		return this.#items.length;
	}

	iterator(): IterableIterator<T> {
		return this.#items.values();
	}

	*reverseIterator(): IterableIterator<T> {
		for (let i = this.#items.length - 1; i >= 0; i--) yield this.#items[i] as T;
	}

	[Symbol.iterator](): IterableIterator<T> {
		return this.iterator();
	}
}
