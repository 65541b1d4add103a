import { EventEmitter } from "node:events";
import type { Client as RealClient } from "pg";

import Pool = require("@ebbpool/pg-pool");

type Callback = (error?: Error | null, result?: unknown) => void;

/** What happens to a client, in the order in which it happened, over all clients of a test. */
export type Log = string[];

/** Stands for a client of `pg`: it calls back in a later tick, and breaks on request. */
export class Client extends EventEmitter {
	static log: Log = [];
	static made: Client[] = [];
	/** What the next connections fail with. */
	static failures: Error[] = [];
	readonly id = Client.made.push(this);
	readonly connection = { stream: { destroy: () => this.#note("cut") } };
	_queryable = true;
	_ending = false;
	hangs = false;

	static reset(): void {
		Client.log = [];
		Client.made = [];
		Client.failures = [];
	}

	#note(what: string): void {
		Client.log.push(`${what} ${this.id}`);
	}

	connect(callback: Callback): void {
		this.#note("connect");
		const failure = Client.failures.shift();
		if (failure?.message !== "never") process.nextTick(callback, failure);
	}

	end(callback: Callback): void {
		this.#note("end");
		this._ending = true;
		if (this.hangs) return;
		setImmediate(() => {
			this.emit("end");
			callback();
		});
	}

	query(text: unknown, values: unknown, callback: Callback): unknown {
		const done = typeof values === "function" ? (values as Callback) : callback;
		if (text === "throws") throw new Error("throws");
		if (text === "never") return;
		setImmediate(() => {
			if (text === "fails") done(new Error("fails"));
			else done(null, { rows: [text], values });
		});
		return undefined;
	}

	lose(error: Error): void {
		this._queryable = false;
		this.emit("error", error);
	}

	ref(): void {
		this.#note("ref");
	}

	unref(): void {
		this.#note("unref");
	}
}

/** As if each were one of `pg`. */
export const RealLike = Client as unknown as Pool.ClientLikeCtr<RealClient>;

export function pool(config: Pool.Config<RealClient> = {}): Pool {
	Client.reset();
	return new Pool(config, RealLike);
}

/** The stand-in's client as what it is here. */
export const stub = (client: object): Client => client as unknown as Client;

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export async function until(what: () => boolean): Promise<void> {
	const deadline = Date.now() + 20_000;
	while (!what()) {
		if (Date.now() > deadline) throw new Error(`it never came to ${what}`);
		await turn();
	}
}

export async function rejection(promise: PromiseLike<unknown>): Promise<Error> {
	try {
		await promise;
	} catch (error) {
		return error as Error;
	}
	throw new Error("it was not rejected");
}

/** Runs `work`, and says what was thrown meanwhile where nobody could catch it; the test runner's own listener hears nothing. */
export async function uncaughtIn(work: () => Promise<void>, count: number): Promise<unknown[]> {
	const uncaught: unknown[] = [];
	process.setUncaughtExceptionCaptureCallback((error) => uncaught.push(error));
	try {
		await work();
		await until(() => uncaught.length === count);
	} finally {
		process.setUncaughtExceptionCaptureCallback(null);
	}
	return uncaught;
}
