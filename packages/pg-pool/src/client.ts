/**
 * What the pool uses of a client: that of `pg` and of its native binding have it, and so has any other whose methods
 * take callbacks or return promises.
 */
export interface PooledClient {
	/** How often it was lent; `pg-pool` writes it too. */
	_poolUseCount?: number;
	/** `false` once its connection is lost. */
	readonly _queryable?: boolean;
	/** `true` once it was told to end. */
	readonly _ending?: boolean;
	/** Where there is a stream, a connection that is not wanted any more is cut: a server that does not answer may never end it. */
	readonly connection?: { readonly stream: { destroy(): unknown } };
	connect(callback: Callback): unknown;
	end(callback: Callback): unknown;
	query(text: unknown, values: unknown, callback: Callback): unknown;
	on(event: "error" | "end", listener: (error: Error) => void): unknown;
	once?(event: "error", listener: (error: Error) => void): unknown;
	removeListener?(event: "error", listener: (error: Error) => void): unknown;
	listenerCount?(event: "error"): number;
	isConnected?(): boolean;
	ref?(): unknown;
	unref?(): unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: what a client answers is passed on, not looked at.
export type Callback = (error?: any, result?: any) => void;

/** Whether it may be lent: not told to end, and its connection not known to be lost. */
export function isUsable({ _queryable, _ending }: PooledClient): boolean {
	return _queryable !== false && _ending !== true;
}

/**
 * Hands the callback to a client's method, and hears a promise as well, if the client is none of `pg`'s: those call back
 * whatever a method that overrides theirs returns.
 */
export function callBack(
	client: PooledClient,
	call: (callback: Callback) => unknown,
	callback: Callback,
): void {
	let called = false;
	const once: Callback = (error, result) => {
		if (called) return;
		called = true;
		callback(error, result);
	};
	const returned = call(once) as PromiseLike<unknown> | undefined;
	if ("_queryable" in client || typeof returned?.then !== "function") return;
	returned.then(
		(result) => once(undefined, result),
		(error) => once(error),
	);
}

/** The same as a promise. */
export function promised(client: PooledClient, call: (callback: Callback) => unknown): Promise<void> {
	return new Promise((resolve, reject) => {
		callBack(client, call, (error) => (error ? reject(error) : resolve()));
	});
}

/** Ends a connection without asking the server. */
export function cut(client: PooledClient): void {
	client.connection?.stream.destroy();
}
