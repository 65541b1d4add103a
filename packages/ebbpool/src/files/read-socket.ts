import { connect, type NetConnectOpts, type Socket } from "node:net";
import { reportUncaught } from "../base/errors.ts";
import { aFunction, anInteger, expectValue, readOptions } from "../base/rules.ts";
import { type ArrayPool, anArrayPool, rent } from "./array-pool.ts";
import type { Bytes } from "./lent-bytes.ts";

export interface ReadSocketOptions {
	/** Where the array comes from and goes back to. */
	readonly pool: ArrayPool;
	/**
	 * Receives what has arrived, which is valid until it returns: the next bytes overwrite it. Returning `false` pauses the
	 * socket until it is resumed.
	 */
	readonly onBytes: (bytes: Bytes) => unknown;
	/** Bytes that are read at a time, at most; default 64 KiB. */
	readonly size?: number | undefined;
}

const OPTIONS = { pool: anArrayPool, onBytes: aFunction, size: anInteger(1, 2 ** 30) };

/**
 * Connects a client socket all of whose reads go into one array from a pool, instead of a new one for each. The array goes
 * back when the socket is closed. The socket emits no `data`; all else is as of `net.connect`.
 *
 * @param to - what `net.connect` takes, but for `onread`
 *
 * @example
 * ```ts
 * import { createServer } from "node:net";
 * import { BufferPool } from "ebbpool/bytes";
 * import { readSocket } from "ebbpool/files";
 *
 * const pool = new BufferPool();
 * const server = createServer((peer) => peer.end("hello"));
 * server.listen(0, "127.0.0.1", () => {
 *   const { port } = server.address() as { port: number };
 *   const onBytes = (bytes: Uint8Array) => console.log(new TextDecoder().decode(bytes)); // hello
 *   readSocket({ port, host: "127.0.0.1" }, { pool, onBytes }).on("close", () => server.close());
 * });
 * ```
 */
export function readSocket(to: NetConnectOpts, options: ReadSocketOptions): Socket {
	const { pool, onBytes, size = 64 * 1024 } = readOptions("readSocket", options, OPTIONS);
	expectValue("ERR_POOL_OPTION", "readSocket: option pool", pool, anArrayPool);
	expectValue("ERR_POOL_OPTION", "readSocket: option onBytes", onBytes, aFunction);
	const array = rent(pool, size, "readSocket: option pool");
	let socket: Socket;
	try {
		socket = connect({
			...withInherited(to),
			onread: {
				buffer: array.subarray(0, size),
				callback: (length, buffer) => onBytes(buffer.subarray(0, length) as Bytes) !== false,
			},
		});
	} catch (error) {
		pool.put(array);
		throw error;
	}
	return socket.once("close", () => {
		try {
			pool.put(array);
		} catch (error) {
			// Other listeners are to be told as well.
			reportUncaught(error);
		}
	});
}

/** Options as everywhere in the library: inherited ones count too. */
function withInherited<O extends object>(options: O): O {
	const all: Record<string, unknown> = {};
	for (const name in options) all[name] = options[name];
	return all as O;
}
