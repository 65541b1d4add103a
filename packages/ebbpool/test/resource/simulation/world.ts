import { assert } from "chai";
import type { CreateContext } from "ebbpool/resource";
import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What is pooled in a simulation, and what is true of it. */
export interface Thing {
	readonly id: number;
	readonly retire: () => void;
	/** Who uses it. */
	user: string | undefined;
	/** Whether it was lent before. */
	lent: boolean;
	/** Set when `destroy` is called. */
	destroyed: boolean;
	/** When that was. */
	destroyedAt: number;
	/** Until when it takes up a place of the pool. */
	endsAt: number;
	/** Whether it was retired: then it must not be lent any more. */
	retired: boolean;
	/** Whether it was validated or reset since it was lent last: if it is destroyed then, that may have failed. */
	hooked: boolean;
	/** Its creation took too long, or was given up. */
	readonly orphan: boolean;
}

/** How often hooks go wrong, and how. */
export interface Weather {
	readonly fails: number;
	readonly hangs: number;
	readonly synchronous: number;
	readonly slowest: number;
}

interface Limits {
	readonly max: number;
	readonly destroyTimeout: number;
}

const FAILURE = "it was to fail";

/** Everything outside of the pool: the hooks, what they make, and the rules that no pool may break. */
export class World {
	readonly #random: Random;
	readonly #time: VirtualTime;
	readonly #weather: Weather;
	readonly #limits: Limits;
	readonly things: Thing[] = [];
	readonly #creating = new Set<AbortSignal>();
	/** Nothing is to be created before: the end of the pause that the first failure since a success began. */
	pausedUntil = 0;
	/** Whether something broke since the last creation that succeeded, and whether somebody had used it before. */
	broke: "unused" | "used" | undefined;
	/** The deadline of the drain: users may lose what they hold from then on. */
	forcedFrom = Number.POSITIVE_INFINITY;

	constructor(random: Random, time: VirtualTime, weather: Weather, limits: Limits) {
		this.#random = random;
		this.#time = time;
		this.#weather = weather;
		this.#limits = limits;
	}

	/** A hook's result, with all that can go wrong. */
	#hook<R>(result: () => R): R | Promise<R> {
		const { fails, hangs, synchronous, slowest } = this.#weather;
		const random = this.#random;
		const failing = random.chance(fails);
		if (random.chance(synchronous)) {
			if (failing) throw new Error(FAILURE);
			return result();
		}
		if (random.chance(hangs)) return new Promise(() => {});
		return this.#time.sleep(random.int(0, slowest)).then(() => {
			if (failing) throw new Error(FAILURE);
			return result();
		});
	}

	readonly create = ({ signal, retire }: CreateContext): Thing | Promise<Thing> => {
		this.#creating.add(signal);
		this.expectBounded();
		assert.isAtLeast(this.#time.now(), this.pausedUntil, "something is created in the pause after a failure");
		const retireSometime = () => {
			this.broke = "unused"; // for all that is known here
			retire();
		};
		if (this.#random.chance(0.02)) this.#time.sleep(this.#random.int(0, 20)).then(retireSometime);
		if (this.#random.chance(0.01)) retireSometime();
		const make = () => this.#make(signal, retire);
		const over = () => this.#creating.delete(signal);
		try {
			const made = this.#hook(make);
			if (made instanceof Promise) {
				made.finally(over).catch(() => {});
				return made;
			}
			over();
			return made;
		} catch (error) {
			over();
			throw error;
		}
	};

	#make(signal: AbortSignal, retire: () => void): Thing {
		const thing: Thing = {
			id: this.things.length,
			user: undefined,
			lent: false,
			destroyed: false,
			destroyedAt: Number.POSITIVE_INFINITY,
			endsAt: Number.POSITIVE_INFINITY,
			retired: false,
			hooked: false,
			orphan: signal.aborted,
			retire: () => {
				thing.retired = true;
				if (!thing.destroyed && !thing.orphan)
					this.broke = thing.lent && this.broke !== "unused" ? "used" : "unused";
				retire();
			},
		};
		this.#creating.delete(signal);
		this.things.push(thing);
		if (this.#random.chance(0.1)) this.#time.sleep(this.#random.int(0, 300)).then(thing.retire);
		return thing;
	}

	readonly destroy = (thing: Thing): unknown => {
		assert.isFalse(thing.destroyed, `thing ${thing.id} is destroyed twice`);
		if (this.#time.now() < this.forcedFrom)
			assert.isUndefined(thing.user, `thing ${thing.id} is destroyed in use`);
		if (thing.hooked) this.broke ??= "used";
		thing.destroyed = true;
		thing.destroyedAt = this.#time.now();
		thing.endsAt = this.#time.now() + this.#limits.destroyTimeout;
		const over = () => {
			thing.endsAt = Math.min(thing.endsAt, this.#time.now());
		};
		try {
			const result = this.#hook(over);
			if (result instanceof Promise) result.catch(over);
			return result;
		} catch (error) {
			over();
			throw error;
		}
	};

	readonly validate = (thing: Thing): boolean | Promise<boolean> => {
		this.#expectUnused(thing, "validated");
		thing.hooked = true;
		if (this.#random.chance(0.05)) thing.retire();
		return this.#hook(() => this.#random.chance(0.85));
	};

	readonly reset = (thing: Thing): unknown => {
		this.#expectUnused(thing, "reset");
		thing.hooked = true;
		if (this.#random.chance(0.05)) thing.retire();
		return this.#hook(() => {});
	};

	lend(thing: Thing, user: string): void {
		this.#expectUnused(thing, `lent to ${user}`);
		assert.isFalse(thing.retired, `thing ${thing.id} is lent to ${user} although it broke`);
		thing.user = user;
		thing.lent = true;
		thing.hooked = false;
	}

	#expectUnused(thing: Thing, how: string): void {
		assert.isUndefined(thing.user, `thing ${thing.id} is ${how} while ${thing.user} uses it`);
		assert.isFalse(thing.destroyed, `thing ${thing.id} is ${how} after its end`);
	}

	/** Those that take up a place: being created and not given up, or not destroyed yet. */
	get open(): number {
		const now = this.#time.now();
		const creating = [...this.#creating].filter(({ aborted }) => !aborted).length;
		const alive = this.things.filter(({ orphan, endsAt }) => !orphan && endsAt > now);
		return creating + alive.length;
	}

	/** Whether something is being destroyed, in a place of the pool or not. */
	get destroys(): boolean {
		const now = this.#time.now();
		return this.things.some(({ destroyed, endsAt }) => destroyed && endsAt >= now);
	}

	expectBounded(): void {
		assert.isAtMost(this.open, this.#limits.max, "more are open than may be");
	}

	/** After a drain nothing is open, whatever ran too long. */
	expectClosed(): void {
		assert.strictEqual(this.open, 0, "something is open after the drain");
		const now = this.#time.now();
		const dying = this.things.filter(({ destroyedAt, endsAt }) => destroyedAt < now && endsAt > now);
		assert.lengthOf(dying, 0, "something is still being destroyed after the drain");
	}
}
