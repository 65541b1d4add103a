import { host } from "#host";
import { reportUncaught, throwAll } from "../errors.ts";
import { aFunction, expectOptions, expectValue, type Rule } from "../options.ts";
import { type Aging, AgingQueue } from "./aging.ts";
import { MajorClock, type Stamp } from "./major-clock.ts";

/** Settings of the whole thread; what is not given stays as it is. */
export interface Configuration {
	/**
	 * Milliseconds without a major collection after which every pool ages all the same; `false`: never. Default 120,000,
	 * as long as Go waits before it forces a collection.
	 */
	readonly idleCleanup?: number | false | undefined;
}

/** What all copies of this package in one thread share: a breaking change here needs a new {@link KEY}. */
export interface Runtime {
	join(member: Aging): void;
	poolCleanup(): void;
	onMajorGC(listener: () => void): () => void;
	configure(configuration: Configuration): void;
}

const KEY = Symbol.for("ebbpool.runtime.1");

/** The longest delay that timers take. */
const MAX_DELAY = 2 ** 31 - 1;

const idleCleanupRule: Rule = {
	expected: `false or a number of milliseconds from 1 to ${MAX_DELAY}`,
	accepts: (value) => value === false || (typeof value === "number" && value >= 1 && value <= MAX_DELAY),
};

class ThreadRuntime implements Runtime {
	readonly #clock = new MajorClock((dead, counted) => this.#tick(dead, counted));
	readonly #queue = new AgingQueue(this.#clock);
	readonly #listeners = new Set<{ readonly call: () => void }>();
	#idleCleanup: number | false = 120_000;
	#stopTimer: (() => void) | undefined;

	join(member: Aging): void {
		this.#queue.join(member);
		if (this.#stopTimer === undefined) this.#restartTimer();
	}

	poolCleanup(): void {
		const errors = this.#queue.ageAll();
		if (this.#queue.empty) this.#restartTimer();
		throwAll(errors);
	}

	onMajorGC(listener: () => void): () => void {
		expectValue("ERR_POOL_ARGUMENT", "onMajorGC: listener", listener, aFunction);
		const entry = { call: listener };
		this.#listeners.add(entry);
		this.#clock.arm();
		return () => {
			this.#listeners.delete(entry);
		};
	}

	configure(configuration: Configuration): void {
		expectOptions("configure", configuration, { idleCleanup: idleCleanupRule });
		if (configuration.idleCleanup === undefined) return;
		this.#idleCleanup = configuration.idleCleanup;
		this.#restartTimer();
	}

	#tick(dead: Stamp, counted: boolean): void {
		const errors = this.#queue.ageCollected(dead);
		this.#restartTimer();
		if (counted && this.#listeners.size > 0) {
			this.#clock.arm();
			for (const { call } of [...this.#listeners]) {
				try {
					call();
				} catch (error) {
					errors.push(error);
				}
			}
		}
		errors.forEach(reportUncaught);
	}

	/** The timer runs only while the queue holds somebody, and from the last collection seen. */
	#restartTimer(): void {
		this.#stopTimer?.();
		this.#stopTimer =
			this.#queue.empty || this.#idleCleanup === false
				? undefined
				: host.startTimer(() => this.#idled(), this.#idleCleanup);
	}

	#idled(): void {
		const errors = this.#queue.ageAll();
		this.#restartTimer();
		errors.forEach(reportUncaught);
	}
}

const shared = globalThis as { [KEY]?: Runtime };
shared[KEY] ??= new ThreadRuntime();
export const runtime: Runtime = shared[KEY];

/**
 * Ages every pool of this thread by one generation, as a major collection would: what was put since the last aging
 * becomes the victim generation, and what was the victim generation is let go.
 *
 * @throws what `dispose` hooks throw; several errors as one `ERR_POOL_HOOK`, after every pool has aged
 *
 * @example
 * ```ts
 * import { Pool, poolCleanup } from "ebbpool";
 *
 * const pool = new Pool<string>();
 * pool.put("a");
 * poolCleanup();
 * console.log(pool.stats().victim); // 1
 * poolCleanup();
 * console.log(pool.get()); // undefined
 * ```
 */
export function poolCleanup(): void {
	runtime.poolCleanup();
}

/**
 * Calls `listener` once for each major garbage collection of this thread, in a later task; several collections in one
 * synchronous turn give one call. It keeps neither the process nor a worker alive.
 *
 * @returns a function that ends it
 * @throws `ERR_POOL_ARGUMENT` if `listener` is not a function; what the listener throws goes where uncaught errors go
 *
 * @example
 * ```ts
 * import { onMajorGC } from "ebbpool";
 *
 * const cache = new Map<string, object>();
 * const stop = onMajorGC(() => cache.clear());
 * stop();
 * ```
 */
export function onMajorGC(listener: () => void): () => void {
	return runtime.onMajorGC(listener);
}

/**
 * Changes settings of the whole thread.
 *
 * @throws `ERR_POOL_OPTION` for an unknown key, a wrong type or a number out of range; nothing is changed then
 *
 * @example
 * ```ts
 * import { configure } from "ebbpool";
 *
 * configure({ idleCleanup: 30_000 }); // give memory back after half a minute without a major collection
 * ```
 */
export function configure(configuration: Configuration): void {
	runtime.configure(configuration);
}
