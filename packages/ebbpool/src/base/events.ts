import { reportUncaught } from "./errors.ts";

interface Subscription<Listener> {
	readonly listener: Listener;
	readonly once: boolean;
	/** Whether it has not been ended. */
	on: boolean;
}

/** Listeners by event. */
export class Events<E extends { [K in keyof E]: (...args: never[]) => void }> {
	readonly #changed: () => void;
	/** Each list is replaced, never changed: it may be walked through right now. */
	readonly #subscriptions = new Map<keyof E, readonly Subscription<E[keyof E]>[]>();

	/** @param changed - called when somebody begins to listen, or does not any more */
	constructor(changed: () => void) {
		this.#changed = changed;
	}

	/** Whether anybody listens. */
	has(event: keyof E): boolean {
		return this.#subscriptions.has(event);
	}

	/** @returns what ends it */
	add<K extends keyof E>(event: K, listener: E[K], once: boolean): () => void {
		const subscription = { listener, once, on: true };
		this.#subscriptions.set(event, [...this.#of(event), subscription]);
		this.#changed();
		return () => this.#end(event, subscription);
	}

	/** Ends what was added last of this listener, if any is left. */
	remove<K extends keyof E>(event: K, listener: E[K]): void {
		const last = this.#of(event).findLast((each) => each.listener === listener);
		if (last !== undefined) this.#end(event, last);
	}

	/**
	 * Calls whoever listens; what one throws goes where uncaught errors go.
	 *
	 * @returns whether anybody listened
	 */
	emit<K extends keyof E>(event: K, ...args: Parameters<E[K]>): boolean {
		const subscriptions = this.#of(event);
		for (const subscription of subscriptions) {
			// An earlier listener may have ended it.
			if (!subscription.on) continue;
			if (subscription.once) this.#end(event, subscription);
			try {
				subscription.listener(...args);
			} catch (error) {
				reportUncaught(error);
			}
		}
		return subscriptions.length > 0;
	}

	#of(event: keyof E): readonly Subscription<E[keyof E]>[] {
		return this.#subscriptions.get(event) ?? [];
	}

	#end(event: keyof E, subscription: Subscription<E[keyof E]>): void {
		subscription.on = false;
		const left = this.#of(event).filter(({ on }) => on);
		if (left.length > 0) this.#subscriptions.set(event, left);
		else this.#subscriptions.delete(event);
		this.#changed();
	}
}
