import type { Deadlines } from "../../base/deadlines.ts";
import type { Entry } from "../entry.ts";
import type { Environment } from "../environment.ts";
import type { Settings } from "../settings.ts";
import { Backoff } from "./backoff.ts";
import type { Closer } from "./closer.ts";
import { HookRun } from "./hook-run.ts";

/** What becomes of a place whose resource is being created. */
export interface Opened<T> {
	opened(entry: Entry<T>, item: T): void;
	/** The place is free; what is created all the same is closed. */
	failed(entry: Entry<T>, error: unknown): void;
	/** The resource broke. */
	retired(entry: Entry<T>, reason: unknown): void;
	/** It may be tried again after failures. */
	readonly ready: () => void;
}

/** Creates resources, with a limit in time and a growing pause after failures. */
export class Opener<T> {
	readonly #settings: Settings<T>;
	readonly #environment: Environment;
	readonly #deadlines: Deadlines;
	readonly #closer: Closer<T>;
	readonly #then: Opened<T>;
	readonly #backoff: Backoff;
	readonly #underWay = new Map<Entry<T>, AbortController>();
	#closed = false;

	constructor(
		settings: Settings<T>,
		environment: Environment,
		deadlines: Deadlines,
		closer: Closer<T>,
		then: Opened<T>,
	) {
		this.#settings = settings;
		this.#environment = environment;
		this.#deadlines = deadlines;
		this.#closer = closer;
		this.#then = then;
		this.#backoff = new Backoff(settings.retryDelay, settings.maxRetryDelay, deadlines, then.ready);
	}

	get size(): number {
		return this.#underWay.size;
	}

	/** Whether another creation may begin. */
	get ready(): boolean {
		return this.#backoff.allows(this.#underWay.size);
	}

	/** What the last creation failed with, unless one succeeded since. */
	get failure(): { readonly error: unknown } | undefined {
		return this.#backoff.failure;
	}

	open(entry: Entry<T>): void {
		const controller = new AbortController();
		const { create, createTimeout } = this.#settings;
		const context = {
			signal: controller.signal,
			retire: (reason?: unknown) => this.#then.retired(entry, reason),
		};
		const hook = new HookRun<T>(this.#deadlines, {
			name: "create",
			run: () => this.#environment.detached(() => create(context)),
			timeout: createTimeout,
			done: (item) => {
				this.#underWay.delete(entry);
				this.#backoff.succeeded();
				this.#then.opened(entry, item);
			},
			failed: (error) => this.#failed(entry, error),
			late: (item) => this.#closer.closeOrphan(item, this.#then.ready),
		});
		entry.hook = hook;
		this.#underWay.set(entry, controller);
		hook.start();
	}

	#failed(entry: Entry<T>, error: unknown): void {
		const controller = this.#underWay.get(entry);
		this.#underWay.delete(entry);
		this.#backoff.failed(error);
		this.#then.failed(entry, error);
		controller?.abort(error);
	}

	/** What was opened is of no use. */
	spoiled(error: unknown): void {
		this.#backoff.failed(error);
	}

	/** Forgets the pause after failures, and tells the creations under way that nobody waits for them; they end in their own time. */
	close(reason: unknown): void {
		this.#backoff.cancel();
		if (this.#closed) return;
		this.#closed = true;
		for (const controller of [...this.#underWay.values()]) controller.abort(reason);
	}
}
