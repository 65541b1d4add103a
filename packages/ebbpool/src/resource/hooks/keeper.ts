import type { Entry } from "../entry.ts";
import type { Parts } from "../parts.ts";
import type { CloseReason } from "../types.ts";
import { HookRun } from "./hook-run.ts";

type HookName = "validate" | "reset" | "destroy";

export interface KeeperOwner<T> {
	/** It may be lent, or not. */
	validated(entry: Entry<T>, good: boolean): void;
	/** It may be used again, or not. */
	wasReset(entry: Entry<T>, clean: boolean): void;
	/** It is destroyed, or that failed or took too long. */
	closed(entry: Entry<T>, reason: CloseReason): void;
	/** Something changed that others may wait for. */
	reconcile(): void;
}

/** Runs the hooks of resources that were created, with a limit in time: is one still good, is it clean, is it closed? */
export class Keeper<T> {
	readonly #parts: Parts<T>;
	readonly #owner: KeeperOwner<T>;
	/** How many that nobody owns are being destroyed. */
	orphans = 0;

	constructor(parts: Parts<T>, owner: KeeperOwner<T>) {
		this.#parts = parts;
		this.#owner = owner;
	}

	validate(entry: Entry<T>): void {
		this.#work(entry, "validate", (result) => this.#owner.validated(entry, result === true));
	}

	reset(entry: Entry<T>): void {
		this.#work(entry, "reset", (_, failed) => this.#owner.wasReset(entry, !failed));
	}

	/** Destroys it, once. */
	close(entry: Entry<T>, reason: CloseReason): void {
		this.#work(entry, "destroy", () => this.#owner.closed(entry, reason));
	}

	/** Destroys what is in no place of the pool. */
	closeOrphan(item: T): void {
		this.orphans++;
		const done = () => {
			this.orphans--;
			this.#owner.reconcile();
		};
		this.#hookRun("destroy", item, done).start();
	}

	#work(entry: Entry<T>, name: HookName, done: (result: unknown, failed: boolean) => void): void {
		entry.hook = this.#hookRun(name, entry.item as T, done);
		entry.hook.start();
	}

	#hookRun(name: HookName, item: T, done: (result: unknown, failed: boolean) => void): HookRun<unknown> {
		const { settings, room, awaited, news } = this.#parts;
		const hook = settings[name];
		return new HookRun<unknown>(room, awaited, {
			name,
			run: () => hook?.(item),
			timeout: settings[`${name}Timeout`],
			done: (result) => done(result, false),
			failed: (error) => {
				done(undefined, true);
				news.tell("error", error, name);
			},
		});
	}
}
