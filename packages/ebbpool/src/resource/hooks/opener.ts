import type { Deadlines } from "../../base/deadlines.ts";
import { PoolError, reportUncaught } from "../../base/errors.ts";
import type { Entry } from "../entry.ts";
import type { Environment } from "../environment.ts";
import type { Settings } from "../settings.ts";
import type { CreateContext } from "../types.ts";
import { Backoff } from "./backoff.ts";
import type { Closer } from "./closer.ts";
import { HookRun } from "./hook-run.ts";

export interface OpenerOwner<T> {
	opened(entry: Entry<T>, item: T): void;
	/** The place is free; what is created all the same is closed. */
	openFailed(entry: Entry<T>, error: unknown): void;
	/** The resource broke. */
	retired(entry: Entry<T>, reason: unknown): void;
	/** It may be tried again after failures. */
	mayOpen(): void;
}

/** Creates resources, with a limit in time and a growing pause after failures. */
export class Opener<T> {
	readonly #settings: Settings<T>;
	readonly #environment: Environment;
	readonly #deadlines: Deadlines;
	readonly #closer: Closer<T>;
	readonly #owner: OpenerOwner<T>;
	readonly backoff: Backoff;

	constructor(
		settings: Settings<T>,
		environment: Environment,
		deadlines: Deadlines,
		closer: Closer<T>,
		owner: OpenerOwner<T>,
	) {
		this.#settings = settings;
		this.#environment = environment;
		this.#deadlines = deadlines;
		this.#closer = closer;
		this.#owner = owner;
		this.backoff = new Backoff(settings.retryDelay, settings.maxRetryDelay, environment, () =>
			owner.mayOpen(),
		);
	}

	open(entry: Entry<T>): void {
		const { create, createTimeout } = this.#settings;
		entry.since = this.#environment.now();
		entry.hook = new HookRun<T>(this.#environment, this.#deadlines, {
			name: "create",
			run: () => {
				const retire = (reason?: unknown) => this.#owner.retired(entry, reason);
				if (typeof AbortController === "undefined") return create(contextWithoutSignal(retire));
				const controller = new AbortController();
				entry.controller = controller;
				return create({ signal: controller.signal, retire });
			},
			timeout: createTimeout,
			done: (item) => {
				entry.controller = undefined;
				this.#owner.opened(entry, item);
			},
			failed: (error) => {
				this.backoff.failed(error);
				this.#owner.openFailed(entry, error);
				abort(entry, error);
			},
			late: (item) => this.#closer.closeOrphan(item),
		});
		entry.hook.start();
	}
}

/** For engines that have no signals: only whoever asks for one is told so. */
function contextWithoutSignal(retire: CreateContext["retire"]): CreateContext {
	return {
		get signal(): never {
			throw new PoolError(
				"ERR_POOL_ARGUMENT",
				"create: signal: expected an engine with AbortController, which this one lacks",
			);
		},
		retire,
	};
}

/** Tells a creation, if it is under way, that nobody waits for it. */
export function abort(entry: Entry<unknown>, reason: unknown): void {
	const { controller } = entry;
	entry.controller = undefined;
	try {
		controller?.abort(reason);
	} catch (error) {
		// A polyfill's listeners throw here.
		reportUncaught(error);
	}
}
