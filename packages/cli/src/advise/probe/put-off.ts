/**
 * Estimates how many major collections were left out, because V8 waits longer than it would have after one that was forced.
 * It begins one once the old generation and the memory outside the heap have risen so far since the last. How far it let
 * them rise at other times tells how many would have fitted into the rises after forced ones. The farthest of those
 * counts, so that a program which would not have collected at all is not said to; so the estimate is rather too low.
 */
export class PutOff {
	#low: number;
	#rise = 0;
	#hasRoom = false;
	/** The farthest rise that V8 ended by itself; 0: none was seen. */
	#own = 0;
	/** The rises after forced collections, and whether a collection of V8's own ended them, which is counted by itself. */
	readonly #inRoom: { readonly rise: number; readonly ended: boolean }[] = [];

	constructor(level: number) {
		this.#low = level;
	}

	/** After a minor collection. What is young and dead before it is no part of the rise. */
	minor(level: number): void {
		this.#note(level);
	}

	/** A major collection that V8 began by itself. */
	major(before: number, after: number): void {
		this.#note(before);
		if (this.#hasRoom) this.#inRoom.push({ rise: this.#rise, ended: true });
		else this.#own = Math.max(this.#own, this.#rise);
		this.#begin(after, false);
	}

	/** One that was forced, and left the heap room beyond V8's own limit or not. */
	forced(after: number, hasRoom: boolean): void {
		if (this.#hasRoom) this.#inRoom.push({ rise: this.#rise, ended: false });
		this.#begin(after, hasRoom);
	}

	count(): number {
		if (this.#own === 0) return 0;
		return [...this.#inRoom, { rise: this.#hasRoom ? this.#rise : 0, ended: false }].reduce(
			(sum, { rise, ended }) => sum + Math.max(0, Math.floor(rise / this.#own) - (ended ? 1 : 0)),
			0,
		);
	}

	#note(level: number): void {
		// It falls in between as well: memory outside the heap is freed by minor collections, and some time after a major one.
		this.#low = Math.min(this.#low, level);
		this.#rise = Math.max(this.#rise, level - this.#low);
	}

	#begin(level: number, hasRoom: boolean): void {
		this.#low = level;
		this.#rise = 0;
		this.#hasRoom = hasRoom;
	}
}
