import { nextTurn } from "#host";
import { PoolError } from "../base/errors.ts";
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
	return new PoolError(
		"ERR_POOL_HOOK",
		"ByteBuffer.writeTo: expected a sink that stays open, got one that closed",
	);
}

/** A Node `Writable` while it is written to. */
export function openWritable(sink: WritableLike) {
	let failure: { readonly error: unknown } | undefined;
	/** Ends what waits for a sink that has failed. */
	let reject: Listener = () => {};
	/** Whether the sink told its error to a callback, and may emit it yet. */
	let emitsLater = false;
	/** Goes on where the sink wants more. */
	let drained: Listener | undefined;
	const listeners: [event: string, listener: Listener][] = [];

	const listen = (event: string, listener: Listener) => {
		listeners.push([event, listener]);
		sink.on(event, listener);
	};
	const forget = () => {
		for (const [event, listener] of listeners.splice(0)) {
			quietly(() => (sink.off ?? sink.removeListener)?.call(sink, event, listener));
		}
	};
	const fail = (error: unknown) => {
		failure ??= { error };
		reject(error);
	};
	const until = (begin: (settle: Listener) => void) =>
		new Promise<void>((resolve, rejectIt) => {
			if (failure !== undefined) throw failure.error;
			reject = rejectIt;
			begin((error) => {
				emitsLater = Boolean(error);
				if (emitsLater) fail(error);
				else resolve();
			});
		});

	try {
		listen("error", (error) => {
			emitsLater = false;
			fail(error);
		});
		// A response whose client has gone calls no callback any more.
		listen("close", () => fail(closedSink()));
	} catch (error) {
		forget();
		throw error;
	}
	return {
		ready() {
			if (!sink.writableNeedDrain) return undefined;
			return until((settle) => {
				// One listener, however often the sink is full.
				if (drained === undefined) listen("drain", () => drained?.());
				drained = settle;
			});
		},
		write: (chunk: Uint8Array) => until((written) => sink.write(chunk, written)),
		release() {
			const { errored, closed } = sink as State;
			if (!emitsLater || errored === null) return forget();
			// An `error` event that nobody listens to would end the process.
			reject = forget;
			// What is closed, or does not say whether it has failed, emits it at once or never.
			if (errored === undefined || closed) nextTurn(forget);
		},
	};
}
