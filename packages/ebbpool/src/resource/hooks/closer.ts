import type { Deadlines } from "../../base/deadlines.ts";
import type { Entry } from "../entry.ts";
import type { Settings } from "../settings.ts";
import type { CloseReason } from "../types.ts";
import { HookRun } from "./hook-run.ts";

/** Destroys resources, each once, with a limit in time. */
export class Closer<T> {
	readonly #settings: Settings<T>;
	readonly #deadlines: Deadlines;
	readonly #failed: (error: unknown) => void;
	/** How many places' resources are being destroyed. */
	size = 0;
	/** How many that nobody owns are being destroyed. */
	orphans = 0;
	readonly closed: Record<CloseReason, number> = {
		idle: 0,
		memory: 0,
		lifetime: 0,
		uses: 0,
		retired: 0,
		discarded: 0,
		invalid: 0,
		reset: 0,
		cleared: 0,
		drained: 0,
	};

	constructor(settings: Settings<T>, deadlines: Deadlines, failed: (error: unknown) => void) {
		this.#settings = settings;
		this.#deadlines = deadlines;
		this.#failed = failed;
	}

	/** @param over - called when it is destroyed, or when that failed or took too long */
	close(entry: Entry<T>, reason: CloseReason, over: () => void): void {
		entry.state = "closing";
		this.size++;
		const hook = this.#run(entry.item as T, () => {
			entry.state = "closed";
			this.size--;
			this.closed[reason]++;
			over();
		});
		entry.hook = hook;
		hook.start();
	}

	/** Destroys what is in no place of the pool. */
	closeOrphan(item: T, over: () => void): void {
		this.orphans++;
		this.#run(item, () => {
			this.orphans--;
			over();
		}).start();
	}

	#run(item: T, over: () => void): HookRun<unknown> {
		const { destroy, destroyTimeout } = this.#settings;
		return new HookRun<unknown>(this.#deadlines, {
			name: "destroy",
			run: () => destroy?.(item),
			timeout: destroyTimeout,
			done: over,
			failed: (error) => {
				over();
				this.#failed(error);
			},
		});
	}
}
