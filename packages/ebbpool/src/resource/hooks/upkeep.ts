import type { Deadlines } from "../../base/deadlines.ts";
import type { Entry } from "../entry.ts";
import type { Environment } from "../environment.ts";
import type { Settings } from "../settings.ts";
import { HookRun } from "./hook-run.ts";

export interface UpkeepOwner<T> {
	/** It may be lent, or not. */
	validated(entry: Entry<T>, good: boolean): void;
	/** It may be used again, or not. */
	wasReset(entry: Entry<T>, clean: boolean): void;
	hookFailed(error: unknown, during: "validate" | "reset"): void;
}

/** Looks after resources between two leases, with a limit in time: is one still good, and is it clean? */
export class Upkeep<T> {
	readonly #settings: Settings<T>;
	readonly #environment: Environment;
	readonly #deadlines: Deadlines;
	readonly #owner: UpkeepOwner<T>;

	constructor(settings: Settings<T>, environment: Environment, deadlines: Deadlines, owner: UpkeepOwner<T>) {
		this.#settings = settings;
		this.#environment = environment;
		this.#deadlines = deadlines;
		this.#owner = owner;
	}

	validate(entry: Entry<T>): void {
		this.#run(entry, "validate", (result) => this.#owner.validated(entry, result === true));
	}

	reset(entry: Entry<T>): void {
		this.#run(entry, "reset", (_, failed) => this.#owner.wasReset(entry, !failed));
	}

	#run(entry: Entry<T>, name: "validate" | "reset", done: (result: unknown, failed: boolean) => void): void {
		const hook = this.#settings[name];
		entry.hook = new HookRun<unknown>(this.#environment, this.#deadlines, {
			name,
			run: () => hook?.(entry.item as T),
			timeout: this.#settings[`${name}Timeout`],
			done: (result) => done(result, false),
			failed: (error) => {
				done(undefined, true);
				this.#owner.hookFailed(error, name);
			},
		});
		entry.hook.start();
	}
}
