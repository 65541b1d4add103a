/** One access to shared memory that a thread is about to make. */
export interface Step {
	readonly kind: "load" | "peek" | "store" | "swap" | "add" | "or" | "and";
	readonly at: number;
	readonly a: number;
	readonly b: number;
}

/** What a step returned, and where. */
interface StepResult {
	readonly kind: Step["kind"];
	readonly at: number;
	readonly value: number;
}

/** What a call of a function of another module returned: its own steps need not be remembered any more. */
interface CallResult {
	readonly returned: unknown;
}

/** Of each function that has begun and not returned, outermost first: what it has learnt so far. */
export type Frames = readonly (readonly (StepResult | CallResult)[])[];

const PENDING = Symbol("the next step is not taken yet");

/**
 * Stands in for `Atomics`. The code under test cannot be stopped in the middle of a function, so it is run again from the
 * begin of the operation, with the results so far played back, up to the step that has none yet; there it is thrown out.
 * Being deterministic, it arrives at the same place.
 */
class Player {
	#frames: (StepResult | CallResult)[][] | undefined;
	#depth = 0;
	#position: number[] = [];
	#pending: Step | undefined;
	#wholes = 0;

	/**
	 * Plays `frames` and, after them, `result`, to the next step.
	 *
	 * @returns the step and the frames that lead to it, or what `run` returned
	 */
	play<T>(
		frames: Frames,
		result: number | undefined,
		run: () => T,
	): { step: Step; frames: Frames } | { done: T } {
		const playing = frames.map((frame) => [...frame]);
		if (result !== undefined) playing.at(-1)?.push({ kind: "load", at: Number.NaN, value: result });
		this.#frames = playing;
		this.#depth = 0;
		this.#wholes = 0;
		this.#position = playing.map(() => 0);
		try {
			return { done: run() };
		} catch (error) {
			if (error !== PENDING) throw error;
			return { step: this.#pending as Step, frames: playing };
		} finally {
			this.#frames = undefined;
		}
	}

	step(kind: Step["kind"], at: number, a: number, b: number): number {
		const frame = this.#frames?.[this.#depth];
		if (frame === undefined) return 0; // while the harness itself makes objects
		const position = (this.#position[this.#depth] as number)++;
		const entry = frame[position];
		if (entry === undefined) {
			this.#pending = { kind, at, a, b };
			throw PENDING;
		}
		if (!("value" in entry)) throw new Error("expected a call where a step was played back");
		if (Number.isNaN(entry.at)) frame[position] = { kind, at, value: entry.value };
		return entry.value;
	}

	/** Runs with no frames for what is called from here. */
	whole(run: () => unknown): unknown {
		this.#wholes++;
		const returned = run();
		this.#wholes--;
		return returned;
	}

	call(run: () => unknown): unknown {
		const frames = this.#frames;
		if (frames === undefined || this.#wholes > 0) return run();
		const depth = this.#depth;
		const frame = frames[depth] as (StepResult | CallResult)[];
		const position = (this.#position[depth] as number)++;
		const entry = frame[position];
		if (entry !== undefined) {
			if (!("returned" in entry)) throw new Error("expected a step where a call was played back");
			return entry.returned;
		}
		if (depth + 1 === frames.length) {
			frames.push([]);
			this.#position.push(0);
		}
		this.#depth++;
		const returned = run();
		this.#depth--;
		frames.length = depth + 1;
		this.#position.length = depth + 1;
		frame.push({ returned });
		return returned;
	}
}

export const player = new Player();

/** Makes a function of the code under test one whose steps are forgotten once it has returned; its callbacks, too. */
export function framed<F>(value: F): F {
	if (typeof value !== "function") return value;
	return ((...args: unknown[]) => player.call(() => value(...args.map(framed)))) as F;
}

/** The same for a function whose callbacks change its variables: they have to run each time. */
export function framedWhole<F extends (...args: unknown[]) => unknown>(value: F): F {
	return framed(((...args) => player.whole(() => value(...args))) as F);
}

type Words = unknown;

/** What replaces the module `atomics.ts`. */
export const atomics = {
	load: (_: Words, at: number) => player.step("load", at, 0, 0),
	peek: (_: Words, at: number) => player.step("peek", at, 0, 0),
	store: (_: Words, at: number, value: number) => void player.step("store", at, value, 0),
	swap: (_: Words, at: number, expected: number, value: number) =>
		player.step("swap", at, expected, value) === 1,
	add: (_: Words, at: number, by: number) => player.step("add", at, by, 0),
	setBits: (_: Words, at: number, bits: number) => void player.step("or", at, bits, 0),
	clearBits: (_: Words, at: number, bits: number) => void player.step("and", at, ~bits, 0),
	wake: () => {},
	count: () => {},
	tally: () => {},
};
