/** What can be in one {@link LinkedList} at a time; it carries its own links, so that leaving takes no search. */
export class Linked<N> {
	/** @internal */
	older: N | undefined = undefined;
	/** @internal */
	newer: N | undefined = undefined;
}

/** A doubly linked list, in the order in which its members joined. */
export class LinkedList<N extends Linked<N>> {
	oldest: N | undefined;
	newest: N | undefined;
	size = 0;

	push(node: N): void {
		const before = this.newest;
		node.older = before;
		if (before === undefined) this.oldest = node;
		else before.newer = node;
		this.newest = node;
		this.size++;
	}

	/** Takes out a member; the caller knows that it is one. */
	remove(node: N): void {
		const { older, newer } = node;
		if (older === undefined) this.oldest = newer;
		else older.newer = newer;
		if (newer === undefined) this.newest = older;
		else newer.older = older;
		node.older = undefined;
		node.newer = undefined;
		this.size--;
	}
}
