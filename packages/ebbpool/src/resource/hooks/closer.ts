import type { Deadlines } from "../../base/deadlines.ts";
import type { Entry } from "../entry.ts";
import type { Environment } from "../environment.ts";
import type { Settings } from "../settings.ts";
import type { CloseReason } from "../types.ts";
import { HookRun } from "./hook-run.ts";

export interface CloserOwner<T> {
	/** Its resource is destroyed, or that failed or took too long. */
	closed(entry: Entry<T>, reason: CloseReason): void;
	/** One that nobody owned is destroyed. */
	orphanClosed(): void;
	hookFailed(error: unknown, during: "destroy"): void;
}

/** Destroys resources, each once, with a limit in time. */
export class Closer<T> {
	readonly #settings: Settings<T>;
	readonly #environment: Environment;
	readonly #deadlines: Deadlines;
	readonly #owner: CloserOwner<T>;
	/** How many that nobody owns are being destroyed. */
	orphans = 0;

	constructor(settings: Settings<T>, environment: Environment, deadlines: Deadlines, owner: CloserOwner<T>) {
		this.#settings = settings;
		this.#environment = environment;
		this.#deadlines = deadlines;
		this.#owner = owner;
	}

	close(entry: Entry<T>, reason: CloseReason): void {
		entry.hook = this.#run(entry.item as T, () => this.#owner.closed(entry, reason));
		entry.hook.start();
	}

	/** Destroys what is in no place of the pool. */
	closeOrphan(item: T): void {
		this.orphans++;
		this.#run(item, () => {
			this.orphans--;
			this.#owner.orphanClosed();
		}).start();
	}

	#run(item: T, done: () => void): HookRun<unknown> {
		const { destroy, destroyTimeout } = this.#settings;
		return new HookRun<unknown>(this.#environment, this.#deadlines, {
			name: "destroy",
			run: () => destroy?.(item),
			timeout: destroyTimeout,
			done,
			failed: (error) => {
				done();
				this.#owner.hookFailed(error, "destroy");
			},
		});
	}
}
