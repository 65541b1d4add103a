import { type Alarm, type Alarms, NEVER } from "./alarms.ts";

/** The end of a pool, which everybody who wants it waits for together; the earliest of their deadlines counts. */
export class Drain implements Alarm {
	readonly promise: Promise<void>;
	readonly #alarms: Alarms;
	readonly #late: (timeout: number) => unknown;
	readonly #force: () => void;
	#settle: (() => void) | undefined;
	#deadline = NEVER;
	#timeout = NEVER;
	/** Set if it did not end in time. */
	#error: { readonly error: unknown } | undefined;

	/**
	 * @param late - called at the deadline; makes what the promise is rejected with when all is over
	 * @param force - called then, to end what is not over
	 */
	constructor(alarms: Alarms, late: (timeout: number) => unknown, force: () => void) {
		this.#alarms = alarms;
		this.#late = late;
		this.#force = force;
		this.promise = new Promise((resolve, reject) => {
			this.#settle = () => (this.#error === undefined ? resolve() : reject(this.#error.error));
		});
	}

	within(timeout: number, now: number): void {
		if (this.#settle === undefined || this.#error !== undefined || now + timeout >= this.#deadline) return;
		this.#deadline = now + timeout;
		this.#timeout = timeout;
		this.#alarms.set(this, this.#deadline);
	}

	ring(): void {
		this.#error = { error: this.#late(this.#timeout) };
		this.#force();
	}

	/** All is over. */
	end(): void {
		this.#alarms.cancel(this);
		const settle = this.#settle;
		this.#settle = undefined;
		settle?.();
	}
}
