import type { Deadlines } from "../../base/deadlines.ts";
import type { Entry } from "../entry.ts";
import type { Settings } from "../settings.ts";
import { HookRun } from "./hook-run.ts";

/** Looks after resources between two leases, with a limit in time: is one still good, and is it clean? */
export class Upkeep<T> {
	readonly #settings: Settings<T>;
	readonly #deadlines: Deadlines;
	readonly #failed: (error: unknown, during: "validate" | "reset") => void;
	/** How many are being validated. */
	checking = 0;

	constructor(
		settings: Settings<T>,
		deadlines: Deadlines,
		failed: (error: unknown, during: "validate" | "reset") => void,
	) {
		this.#settings = settings;
		this.#deadlines = deadlines;
		this.#failed = failed;
	}

	/** @param over - told whether it may be lent */
	validate(entry: Entry<T>, over: (good: boolean) => void): void {
		entry.state = "checking";
		this.checking++;
		this.#run(entry, "validate", (result) => {
			this.checking--;
			over(result === true);
		});
	}

	/** @param over - told whether it may be used again */
	reset(entry: Entry<T>, over: (clean: boolean) => void): void {
		entry.state = "resetting";
		this.#run(entry, "reset", (_, failed) => over(!failed));
	}

	#run(entry: Entry<T>, name: "validate" | "reset", over: (result: unknown, failed: boolean) => void): void {
		const hook = this.#settings[name];
		const work = new HookRun<unknown>(this.#deadlines, {
			name,
			run: () => hook?.(entry.item as T),
			timeout: this.#settings[`${name}Timeout`],
			done: (result) => over(result, false),
			failed: (error) => {
				over(undefined, true);
				this.#failed(error, name);
			},
		});
		entry.hook = work;
		work.start();
	}
}
