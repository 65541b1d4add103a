import type { CountedSite } from "./counted-site.ts";
import { nextTurn, now } from "./natives.ts";
import { random } from "./random.ts";
import { AGES, type Age, type AgeTable } from "./thread-report.ts";

const MOST_FOLLOWED = 512;
/**
 * A weak reference holds what it refers to until a major collection: as much as that is memory which the program does not get
 * back in the meantime, and which asks V8 for the next collection.
 */
const MOST_FOLLOWED_BYTES = 4 * 1024 * 1024;
/** What samples may hold in a job that does not end. */
const MOST_HELD_BYTES = 32 * 1024 * 1024;
/** Between two probes a site is followed at most this often, so that all stretches of time are seen. */
const SPACING_MS = 10;

/** The mean time between collections, which tells what an age means. */
export interface Rhythm {
	readonly minorMs: number;
	readonly majorMs: number;
}

interface Followed {
	readonly site: CountedSite;
	readonly ref: WeakRef<object>;
	readonly turn: number;
	readonly born: number;
	readonly job: number;
	readonly bytes: number;
}

export function newAges(): Record<Age, { dead: number; alive: number }> {
	return {
		tick: { dead: 0, alive: 0 },
		minor: { dead: 0, alive: 0 },
		major: { dead: 0, alive: 0 },
		older: { dead: 0, alive: 0 },
	};
}

/**
 * Follows some samples to see how long they are reachable. A weak reference alone tells little: before V8 14.6 minor
 * collections treat it as a strong one. So now and then the probe forces a major collection right after a turn of the
 * event loop, and looks: each sample then says whether one of its age was still reachable.
 */
export class Follower {
	#followed: Followed[] = [];
	#followedBytes = 0;
	/** How many could have been followed since the last look. */
	#offered = 0;
	#heldBytes = 0;
	#turn = 0;
	#job = 0;
	#eager = false;

	/** True in the turn before a look: then every sample is followed. */
	get eager(): boolean {
		return this.#eager;
	}

	/** Begins the turn after which somebody will look. */
	beginTurn(): void {
		this.#turn++;
		this.#eager = true;
		this.#heldBytes = 0;
	}

	follow(site: CountedSite, target: object, bytes: number): void {
		const born = now();
		if (!this.#eager && born - site.lastFollowed < SPACING_MS) return;
		if (this.#heldBytes + bytes > MOST_HELD_BYTES) return;
		site.lastFollowed = born;
		if (!this.#makeRoom(bytes)) return;
		this.#hold(bytes);
		const followed = { site, ref: new WeakRef(target), turn: this.#turn, born, job: this.#job, bytes };
		this.#followed.push(followed);
		this.#followedBytes += bytes;
	}

	/**
	 * Whether one more is followed, perhaps in the place of others: each since the last look with the same chance, so that all
	 * ages are seen. Those of an eager turn are looked at when it ends, and hold nothing for long.
	 */
	#makeRoom(bytes: number): boolean {
		this.#offered++;
		const isFull = (): boolean =>
			this.#followed.length >= MOST_FOLLOWED ||
			(!this.#eager && this.#followed.length > 0 && this.#followedBytes + bytes > MOST_FOLLOWED_BYTES);
		if (isFull() && random() * this.#offered > this.#followed.length) return false;
		while (isFull()) this.#drop(Math.ceil(random() * this.#followed.length) - 1);
		return true;
	}

	#drop(at: number): void {
		const last = this.#followed.pop() as Followed;
		const dropped = this.#followed[at] ?? last;
		if (dropped !== last) this.#followed[at] = last;
		this.#followedBytes -= dropped.bytes;
	}

	/** A `WeakRef` keeps its target until the job ends that made it. */
	#hold(bytes: number): void {
		if (this.#heldBytes === 0) {
			nextTurn(() => {
				this.#heldBytes = 0;
				this.#job++;
			}).unref();
		}
		this.#heldBytes += bytes;
	}

	/**
	 * Looks at every followed sample, right after a forced major collection. Of those made in a job that has not ended nothing can be told: a
	 * program that exits in the middle of one is asked in it.
	 */
	look(rhythm: Rhythm, inTheJob = false): void {
		const at = now();
		const kept: Followed[] = [];
		for (const followed of this.#followed) {
			const { site, ref, turn, born, job } = followed;
			if (inTheJob && job === this.#job) continue;
			const age = this.#eager && turn === this.#turn ? "tick" : ageClass(at - born, rhythm);
			const alive = ref.deref() !== undefined;
			site.ages[age][alive ? "alive" : "dead"]++;
			// One that is alive is looked at again when it is older. Half of the room is for new ones.
			if (alive && kept.length < MOST_FOLLOWED / 2) kept.push(followed);
		}
		this.#followed = kept;
		this.#followedBytes = kept.reduce((sum, { bytes }) => sum + bytes, 0);
		this.#offered = kept.length;
		this.#eager = false;
	}
}

function ageClass(age: number, { minorMs, majorMs }: Rhythm): Age {
	if (age < Math.min(minorMs, majorMs)) return "minor";
	return age < majorMs ? "major" : "older";
}

export function addAges(tables: readonly AgeTable[]): AgeTable {
	const sum = newAges();
	for (const table of tables) {
		for (const age of AGES) {
			sum[age].dead += table[age].dead;
			sum[age].alive += table[age].alive;
		}
	}
	return sum;
}
