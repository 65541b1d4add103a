import { fromEngine } from "../../base/engine.ts";
import { reportUncaught } from "../../base/errors.ts";
import { NEVER } from "../../base/rules.ts";
import { Entry, type EntryOwner } from "../entry.ts";
import type { Parts } from "../parts.ts";
import { Place } from "../places.ts";
import { refusals } from "../refusals.ts";
import type { CreateContext } from "../types.ts";
import type { Waiters } from "../waiting/waiters.ts";
import { Backoff } from "./backoff.ts";
import { HookRun } from "./hook-run.ts";
import type { Keeper } from "./keeper.ts";

/** How much sooner than `maxLifetime` a resource may end, so that those opened together do not end together. */
const JITTER = 0.1;

export interface OpenerOwner<T> extends EntryOwner<T> {
	/** A resource is there that nobody looked at yet. */
	opened(entry: Entry<T>): void;
	/** A resource broke. */
	retired(entry: Entry<T>, reason: unknown): void;
	/** Something changed that others may wait for. */
	reconcile(): void;
}

/** Those who wait, as far as failures concern them. */
type WaitersToTell = Pick<Waiters<never>, "size" | "reject">;

/** Creates resources, with a limit in time and a growing pause after failures, and tells of these whoever waits. */
export class Opener<T> {
	readonly #parts: Parts<T>;
	readonly #waiters: WaitersToTell;
	readonly #keeper: Keeper<T>;
	readonly #owner: OpenerOwner<T>;
	readonly backoff: Backoff;
	/** Called once `min` are open, or with what a creation failed with. */
	#warmingUp: ((failure?: { readonly error: unknown }) => void)[] = [];
	#stopped = false;

	constructor(parts: Parts<T>, waiters: WaitersToTell, keeper: Keeper<T>, owner: OpenerOwner<T>) {
		this.#parts = parts;
		this.#waiters = waiters;
		this.#keeper = keeper;
		this.#owner = owner;
		this.backoff = new Backoff(parts.settings, parts.environment, owner);
	}

	/** Opens what is missing, as far as that is allowed. */
	openMissing(): void {
		const { places, settings } = this.#parts;
		while (this.#lacks && places.size < settings.max) {
			if (!this.backoff.allows(places.count(Place.opening))) break;
			const entry = new Entry<T>(this.#owner);
			places.add(entry);
			this.#open(entry);
		}
		if (places.ready >= settings.min) this.#endWarmUp();
	}

	/** Whether somebody waits for whom none is on its way, or there are too few although nobody waits. */
	get #lacks(): boolean {
		const { places, settings } = this.#parts;
		const opening = places.count(Place.opening);
		if (places.count(Place.checking) + opening < this.#waiters.size) return true;
		const warm = (settings.warm && !this.#stopped) || this.#warmingUp.length > 0;
		return warm && places.ready + opening < settings.min;
	}

	#open(entry: Entry<T>): void {
		const { settings, environment, room, awaited, news } = this.#parts;
		const { create, createTimeout } = settings;
		entry.since = environment.now();
		entry.hook = new HookRun<T>(room, awaited, {
			name: "create",
			run: () => {
				const retire = (reason?: unknown) => this.#owner.retired(entry, reason);
				if (typeof AbortController === "undefined") return create(contextWithoutSignal(retire));
				const controller = new AbortController();
				entry.controller = controller;
				return create({ signal: controller.signal, retire });
			},
			timeout: createTimeout,
			done: (item) => this.#opened(entry, item),
			failed: (error) => {
				this.#parts.places.move(entry, Place.gone);
				this.#parts.counts.openFailed++;
				this.failed(error);
				news.tell("error", error, "create");
				this.#owner.reconcile();
				abort(entry, error);
			},
			late: (item) => this.#keeper.closeOrphan(item),
		});
		entry.hook.start();
	}

	#opened(entry: Entry<T>, item: T): void {
		const { settings, environment, housekeeping, news, counts } = this.#parts;
		entry.controller = undefined;
		entry.item = item;
		housekeeping.setIn(entry, settings.maxLifetime * (1 - JITTER * environment.random()));
		const took = environment.now() - (entry.since as number);
		entry.since = undefined;
		news.tell("open", item, took);
		counts.opened++;
		this.#owner.opened(entry);
	}

	/** Nothing came of a creation: a pause follows, and those who wait for it are told. */
	failed(error: unknown): void {
		this.backoff.failed(error);
		this.#endWarmUp({ error });
		if (this.#parts.settings.retryCreate) return;
		// Where nothing is open that could be given back, waiting is of no use to anybody.
		const inVain = this.#parts.places.size === this.#parts.places.count(Place.closing);
		this.#waiters.reject(inVain ? NEVER : 1, "createFailed", error);
	}

	/** Resolves when `min` are open. */
	warmUp(): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#warmingUp.push((failure) => (failure === undefined ? resolve() : reject(failure.error)));
			this.#owner.reconcile();
		});
	}

	#endWarmUp(failure?: { readonly error: unknown }): void {
		for (const end of this.#warmingUp.splice(0)) end(failure);
	}

	/** Nothing is to be opened any more. */
	stop(reason: unknown): void {
		this.#stopped = true;
		this.#endWarmUp({ error: refusals.drained("warmUp") });
		this.backoff.stop();
		for (const entry of [...this.#parts.places.all]) if (entry.place === Place.opening) abort(entry, reason);
	}
}

/** For engines that have no signals: only whoever asks for one is told so. */
function contextWithoutSignal(retire: CreateContext["retire"]): CreateContext {
	return {
		get signal(): AbortSignal {
			return new (fromEngine("ResourcePool: hook create: signal", "AbortController"))().signal;
		},
		retire,
	};
}

/** Tells a creation, if it is under way, that nobody waits for it. */
function abort(entry: Entry<unknown>, reason: unknown): void {
	const { controller } = entry;
	entry.controller = undefined;
	try {
		controller?.abort(reason);
	} catch (error) {
		// A polyfill's listeners throw here.
		reportUncaught(error);
	}
}
