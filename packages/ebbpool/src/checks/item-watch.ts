import { ifPossible } from "../base/engine.ts";
import { referTo } from "../base/refer-to.ts";
import { isThenable } from "../base/thenable.ts";
import { bury, exhume, isBuried, whyNotBuried } from "./bury.ts";
import { Cleanliness, type Dirt } from "./cleanliness.ts";
import { endLeakWatch, watchForLeak } from "./leak-watch.ts";
import { Quarantine } from "./quarantine.ts";
import type { Session } from "./session.ts";
import { here, type Place, traces } from "./traces.ts";

/** What is known of one item of one pool. */
interface Loan {
	/** Whether somebody has it; else the pool does. */
	out: boolean;
	got: Place | undefined;
	put: Place | undefined;
	/** Whether a use was told since it was put: once is enough. */
	told: boolean;
}

/** What any watch of a sample has a loan of: it may be put into the pool of another one. */
const watched = ifPossible(() => new WeakSet<object>());

/** Only these have an identity by which they can be known again. */
export function isWatchable(item: unknown): item is object {
	return (typeof item === "object" && item !== null) || typeof item === "function";
}

const show = (value: unknown): string => {
	if (typeof value === "symbol") return value.description ?? "a symbol";
	return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
};

/** Watches the items of one pool from `get` to `get`. */
export class ItemWatch {
	readonly #session: Session;
	readonly #name: string | undefined;
	readonly #loans = new WeakMap<object, Loan>();
	readonly #made = new WeakSet<object>();
	readonly #cleanliness = new Cleanliness();
	readonly #quarantine: Quarantine;
	/** What was disposed of since its put began: whoever does that has it. */
	readonly #disposed = new WeakSet<object>();
	/** Items whose dispose hook is running, innermost last. */
	readonly #disposing: unknown[] = [];
	/** How many calls of `new` are running. */
	#making = 0;
	/** Until the pool is disposed of, an item that is lost is a leak. */
	#open = true;
	/** What the pool has instead of the next item that it would make. */
	instead: (() => unknown) | undefined;
	/** What becomes of an item that was kept back for long enough. */
	release: (item: unknown) => void = () => {};
	/** Whether its pool has a `reset`, which may leave items dirty. */
	resets = false;

	constructor(session: Session, name: string | undefined) {
		this.#session = session;
		this.#name = name;
		this.#quarantine = new Quarantine(session);
	}

	/** Whether the pool has not been disposed of. */
	get open(): boolean {
		return this.#open;
	}

	/** Whether the checks go on. */
	get enabled(): boolean {
		return this.#session.enabled;
	}

	/** Whether anything is kept back. */
	get keepsBack(): boolean {
		return this.#quarantine.size > 0;
	}

	/** Whether only a sample is looked at. */
	get sparse(): boolean {
		return this.#session.sparse;
	}

	/** Whether an item is none of a sample, nor was one in its last loan: one look-up, and nothing else is to be done. */
	ignores(item: unknown): boolean {
		return this.#session.sparse && !watched.has(item as object);
	}

	/** Whether the item of the `get` that begins is to be watched. */
	watchesNext(): boolean {
		return this.#session.watches();
	}

	/** The item of a `get`. */
	got<T>(item: T, watches = this.watchesNext()): T {
		if (!isWatchable(item)) return item;
		if (!watches && this.ignores(item)) return item;
		this.#quarantine.forget(item);
		this.#exhume(item);
		if (!watches) {
			this.#forget(item);
			return item;
		}
		const got = here();
		if (this.#session.leaks) this.#watchForLeak(item, got);
		if (this.#looksForDirt && this.#session.sample < 1) this.#cleanliness.got(item);
		this.#know(item, { out: true, got, put: this.#loans.get(item)?.put, told: false });
		return item;
	}

	#know(item: object, loan: Loan): void {
		this.#loans.set(item, loan);
		if (this.sparse) watched.add(item);
	}

	#forget(item: object): void {
		endLeakWatch(item);
		this.#loans.delete(item);
		watched.delete(item);
	}

	/** Makes an item what it was, and tells of who changed it past its prototype. */
	#exhume(item: object): void {
		const changed = exhume(item);
		const loan = this.#loans.get(item);
		if (changed === undefined || loan === undefined || loan.told || !this.#session.enabled) return;
		loan.told = true;
		this.#session.commit({
			kind: "useAfterPut",
			pool: this.#name,
			happened: `${String(changed)} of an item was changed after it was put`,
			remedy: "Copy what you need before the put, or put later",
			traces: traces(["got at", loan.got], ["put at", loan.put]),
		});
	}

	#watchForLeak(item: object, got: Place): void {
		const session = this.#session;
		const name = this.#name;
		const self = referTo(this);
		watchForLeak(item, () => {
			// What is lost with its pool is no leak.
			const watch = self.deref();
			if (watch === undefined || !watch.#open || !session.enabled) return;
			session.find({
				kind: "leaks",
				pool: name,
				happened: "an item was got, and collected without having been put or discarded",
				remedy: "Put it when you are done, also when something throws: a lease or use does; or discard it",
				traces: traces(["got at", got]),
			});
		});
	}

	/** Whether an item may be put; if not, the put is told of, and ignored where the program goes on. */
	mayPut(item: unknown): boolean {
		if (!isWatchable(item) || !this.#session.enabled) return true;
		this.#disposed.delete(item);
		if (this.#loans.has(item)) {
			if (!this.#mayEnd("put", item)) return false;
		} else if (this.#session.foreignPut && this.#session.sample === 1 && !this.#made.has(item)) {
			this.#foreign();
		}
		// Whatever its hooks do, and whichever pool it is from: it was put.
		endLeakWatch(item);
		return true;
	}

	/** Whether an item may be discarded; likewise. */
	mayDiscard(item: unknown): boolean {
		return !isWatchable(item) || !this.#session.enabled || this.#mayEnd("discard", item);
	}

	#mayEnd(how: "put" | "discard", item: object): boolean {
		const loan = this.#loans.get(item);
		if (loan === undefined || loan.out || !this.#session.doublePut) return true;
		this.#session.commit({
			kind: "doublePut",
			pool: this.#name,
			happened: `${how} of an item that the pool has already`,
			remedy: "Only who got an item puts it, once: the next get could have given it to two users",
			traces: traces(
				["got at", loan.got],
				["put at", loan.put],
				[how === "put" ? "put again at" : "discarded at", here()],
			),
		});
		return false;
	}

	#foreign(): void {
		this.#session.commit({
			kind: "foreignPut",
			pool: this.#name,
			happened: "put of an object that this pool neither made nor lent",
			remedy:
				"Put items into the pool that they are from; switch this check off if found objects are welcome",
			traces: traces(["put at", here()]),
		});
	}

	/** Whether an item was got here and is out. */
	knows(item: object): boolean {
		return this.#loans.get(item)?.out === true;
	}

	/** After a put that the pool took or turned down: in either case nobody may use the item any more, but what disposed of it. */
	put(item: unknown): void {
		if (!isWatchable(item) || !this.#session.enabled) return;
		if (!this.#disposed.delete(item)) this.#remember(item);
		this.#release();
	}

	/** Lets go of all that is in quarantine. Returns what was thrown meanwhile. */
	flush(): unknown[] {
		const errors: unknown[] = [];
		for (let left = this.#quarantine.size - 1; left >= 0; left--) {
			try {
				this.#release(left);
			} catch (error) {
				errors.push(error);
			}
		}
		return errors;
	}

	#release(left?: number): void {
		this.#quarantine.release((each) => {
			try {
				this.#exhume(each as object);
			} finally {
				this.release(each);
			}
		}, left);
	}

	/** After a put of an item that is not to report who uses it. */
	putUnburied(item: unknown): void {
		if (isWatchable(item) && this.#session.enabled) this.#remember(item, false);
	}

	#remember(item: object, buries = this.#session.useAfterPut): void {
		const loan = this.#loans.get(item);
		if (loan === undefined && this.#session.sample < 1) return;
		const put = here();
		const next: Loan = { out: false, got: loan?.got, put, told: false };
		this.#know(item, next);
		if (buries) this.#bury(item, next);
	}

	#bury(item: object, loan: Loan): void {
		const why = whyNotBuried(item);
		if (why !== undefined) {
			this.#session.notCovered(this.#name, why);
			return;
		}
		bury(item, (key) => {
			if (loan.told || loan.out || this.#making > 0 || !this.#session.enabled) return;
			loan.told = true;
			this.#session.commit({
				kind: "useAfterPut",
				pool: this.#name,
				happened: `use of ${String(key)} of an item after it was put`,
				remedy: "Copy what you need before the put, or put later",
				traces: traces(["got at", loan.got], ["put at", loan.put], ["used at", here()]),
			});
		});
	}

	/** An item that is not to come back. */
	discarded(item: unknown): void {
		if (!isWatchable(item)) return;
		exhume(item);
		this.#forget(item);
	}

	/** Runs a hook that makes an item. It may make one and the same again and again, which has to be whole then. */
	make(make: () => unknown): unknown {
		this.#making++;
		try {
			const item = make();
			if (isWatchable(item)) this.#whole(item);
			return item;
		} finally {
			this.#making--;
		}
	}

	#whole(item: object): void {
		if (isBuried(item)) exhume(item);
		if (isThenable(item)) return;
		if (this.#session.foreignPut && this.#session.sample === 1) this.#made.add(item);
		if (this.#looksForDirt) this.#cleanliness.made(item);
	}

	get #looksForDirt(): boolean {
		return this.resets && this.#session.dirtyPut && this.#session.enabled;
	}

	/** Runs a reset on an item that is put. */
	reset(item: unknown, reset: () => unknown): unknown {
		const watched = isWatchable(item) && (this.#session.sample === 1 || this.#loans.has(item));
		if (!watched || !this.#looksForDirt) return reset();
		let result: unknown;
		const dirt = this.#cleanliness.dirtAfter(item, () => {
			result = reset();
		});
		if (dirt.length > 0 && !isThenable(result)) this.#dirty(item, dirt);
		return result;
	}

	#dirty(item: object, dirt: readonly Dirt[]): void {
		const told = dirt.map(
			({ path, whenNew, afterReset }) => `${path} was ${show(whenNew)}, is ${show(afterReset)}`,
		);
		this.#session.commit({
			kind: "dirtyPut",
			pool: this.#name,
			happened: `reset left an item unlike a new one: ${told.slice(0, 5).join("; ")}`,
			remedy: "Let reset set these as new does: the next user sees them",
			traces: traces(["got at", this.#loans.get(item)?.got], ["put at", here()]),
		});
	}

	/** The pool's own decision is to keep the item; whether the checks leave it at that. */
	keeps(item: unknown): boolean {
		const watched = isWatchable(item) && this.#loans.has(item);
		// One whose hooks disposed of the pool goes where all others of it went.
		return !this.#session.enabled || !this.#open || this.#quarantine.lets(item, watched);
	}

	/** Runs a hook that disposes of an item which the pool lets go of; not of one that is in quarantine. */
	dispose(item: unknown, dispose: () => unknown): unknown {
		// An item that its own hook gives back is let go of already.
		if (this.#quarantine.has(item) || this.#disposing.includes(item)) return undefined;
		// Who disposes of it has it, and may put it back.
		this.discarded(item);
		if (isWatchable(item)) this.#disposed.add(item);
		this.#disposing.push(item);
		try {
			return dispose();
		} finally {
			this.#disposing.pop();
		}
	}

	/** Whether an item comes from quarantine, so that its hooks ran before. */
	isReleasing(item: unknown): boolean {
		return this.#quarantine.releasing === item;
	}

	close(): void {
		this.#open = false;
	}
}
