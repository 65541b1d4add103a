import { host } from "#host";
import { PoolError } from "../base/errors.ts";
import { isPrompt } from "./prompt-sinks.ts";
import { quietly } from "./until-aborted.ts";

type Listener = (error?: unknown) => void;

/** A Node `Writable` (a file, a socket, an HTTP response, …), as far as it is needed. */
export interface WritableLike {
	readonly writableNeedDrain?: boolean;
	write(chunk: Uint8Array, callback: (error?: Error | null) => void): unknown;
	on(event: string, listener: Listener): unknown;
	once(event: string, listener: Listener): unknown;
	off?(event: string, listener: Listener): unknown;
	removeListener?(event: string, listener: Listener): unknown;
}

/** What Node's own streams tell besides; others may not. */
interface State {
	readonly errored?: unknown;
	readonly closed?: boolean;
}

export function closedSink(): PoolError {
	return new PoolError("ERR_POOL_DISPOSED", "ByteBuffer.writeTo: expected a sink that stays open");
}

/** A Node `Writable` while it is written to. */
export class WritableOutlet {
	readonly isPrompt: boolean;
	readonly #sink: WritableLike;
	readonly #listeners = new Map<string, Listener>();
	/** What ends the waiting for a sink that has failed. */
	#reject: (error: unknown) => void = () => {};
	#failure: { readonly error: unknown } | undefined;
	/** Whether the sink told its error to a callback, and may emit it yet. */
	#emitsLater = false;

	constructor(sink: WritableLike) {
		this.#sink = sink;
		this.isPrompt = isPrompt(sink);
		try {
			this.#listen("error", (error) => this.#fail(error, false));
			// A response whose client has gone calls no callback any more.
			this.#listen("close", () => this.#fail(closedSink(), false));
		} catch (error) {
			this.#forget();
			throw error;
		}
	}

	ready(): Promise<void> | undefined {
		if (this.#failure === undefined && !this.#sink.writableNeedDrain) return undefined;
		return this.#until((drained) => this.#listen("drain", () => drained())).finally(() =>
			this.#forget("drain"),
		);
	}

	write(chunk: Uint8Array): Promise<void> {
		return this.#until((written) => this.#sink.write(chunk, written));
	}

	release(): void {
		const { errored, closed } = this.#sink as State;
		// An `error` event that nobody listens to would end the process.
		if (this.#emitsLater && errored !== null) {
			const done = () => this.#forget();
			this.#forget("close");
			quietly(() => this.#listen("close", done));
			this.#reject = done;
			// What is closed, or does not say whether it has failed, emits it at once or never.
			if (errored === undefined || closed) host.nextTurn(done);
		} else this.#forget();
	}

	#until(begin: (settle: Listener) => void): Promise<void> {
		return new Promise((resolve, reject) => {
			if (this.#failure !== undefined) throw this.#failure.error;
			this.#reject = reject;
			begin((error) => (error ? this.#fail(error, true) : resolve()));
		});
	}

	#fail(error: unknown, emitsLater: boolean): void {
		this.#emitsLater = emitsLater;
		this.#failure ??= { error };
		this.#reject(error);
	}

	#listen(event: string, listener: Listener): void {
		this.#listeners.set(event, listener);
		this.#sink.on(event, listener);
	}

	/** Stops listening, to everything unless told. */
	#forget(event?: string): void {
		const sink = this.#sink;
		for (const [name, listener] of this.#listeners) {
			if (event !== undefined && name !== event) continue;
			this.#listeners.delete(name);
			quietly(() => (sink.off ?? sink.removeListener)?.call(sink, name, listener));
		}
	}
}
