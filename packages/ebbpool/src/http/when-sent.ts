import { ifPossible } from "../base/engine.ts";
import { PoolError, reportUncaught } from "../base/errors.ts";
import { aFunction, describe, expectValue } from "../base/rules.ts";
import type { Ending, ServerResponse } from "./response.ts";
import { type Session, whenFlushed } from "./when-flushed.ts";

/** The answers of each connection that are not over yet, by what ends the waiting for them. */
const waiting = ifPossible(() => new WeakMap<object, Set<() => void>>());

/**
 * Calls `done` once, as soon as nobody reads what the response was made of: after the last byte is with the operating
 * system, or the client is gone, or at once if there is nobody to send to any more; never before the current job is over.
 *
 * Call it before or right after the response is ended, with HTTP/1 or HTTP/2, whatever stands in between: a compressing
 * plugin has read its input when the response is over. A response that is never ended is over when its connection is.
 *
 * With HTTP/2 a stream that is destroyed while it is being written is over when the client has answered a ping, or its
 * session has ended: until then the client may be sent what it was made of.
 *
 * What `done` throws goes where uncaught errors go, and disturbs no other response.
 *
 * @param response - of `node:http`, `node:https` or `node:http2`: in Fastify `reply.raw`, in Koa `ctx.res`, in Hono's node
 *   server `c.env.outgoing`
 * @throws `ERR_POOL_ARGUMENT` if it is no response, or `done` no function; `done` is not called then
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { Pool } from "ebbpool";
 * import { ByteBuffer, retain } from "ebbpool/bytes";
 * import { whenSent } from "ebbpool/http";
 *
 * const buffers = new Pool({ new: () => new ByteBuffer(1024), ...retain.upTo(64 * 1024) });
 * const server = createServer((_request, response) => {
 *   const buffer = buffers.get();
 *   whenSent(response, () => buffers.put(buffer));
 *   buffer.writeString("Hello, World!");
 *   response.end(buffer.bytes());
 * });
 * server.listen(0, "127.0.0.1", () => server.close());
 * ```
 */
export function whenSent(response: ServerResponse, done: () => void): void {
	expectValue("ERR_POOL_ARGUMENT", "whenSent: done", done, aFunction);
	const endings = endingsOf(response);
	const session = sessionOf(endings);
	const connection = session ?? connectionOf(response);
	let over = false;
	const end = () => {
		if (over) return;
		over = true;
		try {
			try {
				if (connection !== undefined) waiting.get(connection)?.delete(end);
				for (const each of endings) for (const event of EVENTS) each.off(event, ended);
			} finally {
				done();
			}
		} catch (error) {
			reportUncaught(error);
		}
	};
	const isSent = () => endings.some((each) => each.writableFinished);
	const ended = () => (session === undefined || isSent() ? end() : whenFlushed(session, end));
	for (const each of endings) for (const event of EVENTS) each.once(event, ended);
	if (connection !== undefined) waitFor(connection, end);
	// Not now: the caller may be about to end the response with what `done` puts back.
	if (isSent() || (session === undefined && connection?.closed) || endings.some((each) => each.closed)) {
		queueMicrotask(ended);
	}
}

/** "finish": the last byte is with the operating system, or an HTTP/2 response is over either way; "close": nobody is there to read it. */
const EVENTS = ["finish", "close"];

/** The response, and with HTTP/2 its stream, which is done with the bytes sooner: it may go on receiving. */
function endingsOf(response: ServerResponse): Ending[] {
	if (!isEnding(response)) {
		const got = describe(response);
		throw new PoolError(
			"ERR_POOL_ARGUMENT",
			`whenSent: response: expected one of node:http or node:http2, got ${got}`,
		);
	}
	const { stream } = response;
	return isEnding(stream) ? [response, stream] : [response];
}

/** The session of an HTTP/2 stream. */
function sessionOf(endings: readonly Ending[]): Session | undefined {
	const { session } = endings.at(-1) as { session?: unknown };
	return isEnding(session) && "ping" in session ? (session as Session) : undefined;
}

/** The connection of an HTTP/1 response. One whose turn has not come has no socket of its own yet, but its request has. */
function connectionOf({ req, stream }: ServerResponse): Ending | undefined {
	const { socket } = Object(req) as { socket?: unknown };
	return !isEnding(stream) && isEnding(socket) ? socket : undefined;
}

function isEnding(value: unknown): value is Ending {
	const { once, off } = Object(value) as Partial<Ending>;
	return typeof once === "function" && typeof off === "function";
}

/**
 * Ends the waiting when the connection closes. If a client goes away that has sent several requests at once, only the answer
 * under way is told (Node 20 and 22). One listener a connection, however many answers there are.
 */
function waitFor(connection: Ending, end: () => void): void {
	const known = waiting.get(connection);
	if (known !== undefined) {
		known.add(end);
		return;
	}
	const ends = new Set([end]);
	waiting.set(connection, ends);
	connection.once("close", () => {
		for (const each of ends) each();
	});
}
