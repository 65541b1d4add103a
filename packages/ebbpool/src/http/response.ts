type Listener = () => void;

/** What tells of its end: a socket, a stream, a response. */
export interface Ending {
	once(event: string, listener: Listener): unknown;
	off(event: string, listener: Listener): unknown;
	readonly closed?: boolean;
	readonly writableFinished?: boolean;
}

/** A response of `node:http`, `node:https` or `node:http2`, or a stream of the latter, as far as it is needed. */
export interface ServerResponse extends Ending {
	end(chunk: Uint8Array): unknown;
	/** What an HTTP/1 response answers. */
	readonly req?: unknown;
	/** What an HTTP/2 response writes to. */
	readonly stream?: unknown;
}
