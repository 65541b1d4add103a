import { forbidThenable } from "../base/thenable.ts";

/** Runs a pool's `dispose` hook on what the pool lets go of. */
export class Disposer<T> {
	/** How often the hook was called. */
	calls = 0;
	readonly hook: ((item: T) => unknown) | undefined;
	/** Items whose hook is running, innermost last. */
	readonly #running: T[] = [];

	constructor(hook: ((item: T) => unknown) | undefined) {
		this.hook = hook;
	}

	/** Adds what the hook throws to `errors`, and returns these. */
	dispose(items: readonly T[], errors: unknown[] = []): unknown[] {
		const { hook } = this;
		if (hook === undefined) return errors;
		const running = this.#running;
		for (const item of items) {
			// An item that its own hook gives back is let go of already.
			if (running.includes(item)) continue;
			running.push(item);
			try {
				this.calls++;
				forbidThenable(hook(item), "dispose");
			} catch (error) {
				errors.push(error);
			} finally {
				running.pop();
			}
		}
		return errors;
	}
}
