import { hasStack } from "../base/stack.ts";
import type { Environment } from "./environment.ts";

/**
 * What the library's own work takes of the stack at most, up to the next call of somebody else's code, in bytes; and what of
 * it is done often, so that its code is optimized. Where it is not, neither is the code that looks, which takes more then, too.
 */
const WORK = 6_000;
const COMMON_WORK = 1_280;
/** What an engine takes to fulfil a promise. */
const HAND_OVER = 384;
/** V8 compiles a function at its first call, and throws instead where the stack has not as much left. */
const COMPILATION = 40_960;
/** How much of a pool's work is taken for the first of its kind. */
const NEW = 250;

/**
 * The stack that a pool's work has. It is looked at before the first of several changes that belong together, so that
 * nobody who calls the pool at the end of the stack is thrown out between two of them; and again before each call of
 * somebody else's code. Where it has no room, the work is done in a microtask, where it has.
 */
export class Room {
	readonly #environment: Environment;
	#asked = 0;

	constructor(environment: Environment) {
		this.#environment = environment;
	}

	/** Whether there is room for work that is done often, and so has been compiled but for the first times. */
	get forCommonWork(): boolean {
		if (this.#asked >= NEW) return hasStack(COMMON_WORK);
		this.#asked++;
		return this.forRareWork;
	}

	/** Whether there is room to fulfil a promise. */
	get forHandOver(): boolean {
		return hasStack(HAND_OVER);
	}

	get forRareWork(): boolean {
		return hasStack(WORK + COMPILATION);
	}

	/** Does something in a microtask. */
	later<R>(work: () => R | PromiseLike<R>): Promise<R> {
		return this.#environment.detached(() => Promise.resolve().then(work));
	}

	/** Does something outside of any caller's async context; now, if there is room. */
	outside(work: () => void): void {
		if (this.forCommonWork) this.#environment.detached(work);
		else void this.later(work);
	}
}

/** What the engine throws where the stack ends. */
export function noRoom(): RangeError {
	return new RangeError("Maximum call stack size exceeded");
}
