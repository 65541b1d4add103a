import type { Environment, Timer } from "../gc/environment.ts";

/** Something that happens at a moment unless it is called off before. */
export interface Alarm {
	/** Where it is in the heap; set by {@link Alarms} while it is on. */
	slot: number;
	ring(): void;
}

/** The longest delay that timers take, in milliseconds. */
export const MAX_DELAY = 2 ** 31 - 1;
/** The time of what is never to happen. */
export const NEVER = Number.POSITIVE_INFINITY;
/** Fewer vacant slots than this are not worth moving the others for. */
const FEW = 64;

/**
 * Any number of alarms on one timer: a binary heap by time. Calling one off only empties its slot, and the heap is
 * rebuilt when more than half of it is empty, so that both setting and calling off take constant time where times come
 * in order, as those of waiters do; the memory is at most twice what is on.
 *
 * The timer is left running when the last alarm is called off, but keeps the process alive only while one is on, and only
 * if `waitedFor`.
 */
export class Alarms {
	readonly #environment: Environment;
	readonly #waitedFor: boolean;
	#times: number[] = [];
	#alarms: (Alarm | undefined)[] = [];
	#on = 0;
	#timer: Timer | undefined;
	#wakesAt = NEVER;

	constructor(environment: Environment, waitedFor: boolean) {
		this.#environment = environment;
		this.#waitedFor = waitedFor;
	}

	/** Sets an alarm so many milliseconds from now. */
	setIn(alarm: Alarm, ms: number): void {
		this.set(alarm, this.#environment.now() + ms);
	}

	/** Sets an alarm; one that is never to ring is not set. */
	set(alarm: Alarm, time: number): void {
		if (time === NEVER) return;
		this.#rise(this.#times.length, time, alarm);
		if (++this.#on === 1 && this.#waitedFor) this.#timer?.keepAlive(true);
		if (time < this.#wakesAt) this.#wake(time);
	}

	/** Calls an alarm off; does nothing if it is not on. */
	cancel(alarm: Alarm): void {
		const slot = alarm.slot;
		if (slot < 0) return;
		alarm.slot = -1;
		this.#alarms[slot] = undefined;
		if (--this.#on === 0 && this.#waitedFor) this.#timer?.keepAlive(false);
		if (this.#times.length > 2 * this.#on + FEW) this.#rebuild();
	}

	/** Stops the timer if no alarm is on, so that it keeps nothing in memory. */
	stop(): void {
		if (this.#on > 0) return;
		this.#timer?.cancel();
		this.#timer = undefined;
		this.#wakesAt = NEVER;
		this.#rebuild();
	}

	#wake(time: number): void {
		this.#timer?.cancel();
		this.#wakesAt = time;
		const delay = Math.ceil(time - this.#environment.now());
		this.#timer = this.#environment.startTimer(() => this.#ring(), Math.min(Math.max(delay, 1), MAX_DELAY));
		if (!this.#waitedFor) this.#timer.keepAlive(false);
	}

	#ring(): void {
		this.#timer = undefined;
		const now = this.#environment.now();
		// What rings may set alarms anew; those wait for the next round.
		this.#wakesAt = Number.NEGATIVE_INFINITY;
		for (let time = this.#times[0]; time !== undefined && time <= now; time = this.#times[0]) {
			const alarm = this.#alarms[0];
			this.#removeFirst();
			if (alarm === undefined) continue;
			alarm.slot = -1;
			this.#on--;
			alarm.ring();
		}
		if (this.#on === 0) this.#rebuild();
		this.#wakesAt = NEVER;
		const next = this.#times[0];
		if (next !== undefined) this.#wake(next);
	}

	#put(slot: number, time: number, alarm: Alarm | undefined): void {
		this.#times[slot] = time;
		this.#alarms[slot] = alarm;
		if (alarm !== undefined) alarm.slot = slot;
	}

	/** Puts an alarm at its place between the empty `slot` and the root. */
	#rise(slot: number, time: number, alarm: Alarm | undefined): void {
		let place = slot;
		while (place > 0) {
			const parent = (place - 1) >> 1;
			const parentTime = this.#times[parent] as number;
			if (parentTime <= time) break;
			this.#put(place, parentTime, this.#alarms[parent]);
			place = parent;
		}
		this.#put(place, time, alarm);
	}

	/** Fills the root's place from below, and the gap at the bottom with the last. */
	#removeFirst(): void {
		const times = this.#times;
		const time = times.pop() as number;
		const alarm = this.#alarms.pop();
		const size = times.length;
		if (size === 0) return;
		let place = 0;
		for (let child = 1; child < size; child = 2 * place + 1) {
			if (child + 1 < size && (times[child + 1] as number) < (times[child] as number)) child++;
			this.#put(place, times[child] as number, this.#alarms[child]);
			place = child;
		}
		this.#rise(place, time, alarm);
	}

	/** Leaves the empty slots out. */
	#rebuild(): void {
		const times = this.#times;
		const alarms = this.#alarms;
		this.#times = [];
		this.#alarms = [];
		for (let slot = 0; slot < times.length; slot++) {
			const alarm = alarms[slot];
			if (alarm !== undefined) this.#rise(this.#times.length, times[slot] as number, alarm);
		}
	}
}
