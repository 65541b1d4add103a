import { aFunction, expectValue } from "../base/rules.ts";
import type { ByteBuffer } from "../bytes/byte-buffer.ts";
import { isBytes } from "../bytes/expect.ts";
import type { ServerResponse } from "./response.ts";
import { whenSent } from "./when-sent.ts";

/** Where a buffer goes back to. */
export interface Returning<Item> {
	put(item: Item): void;
}

/**
 * Ends a response with what a buffer holds, without a copy, and puts the buffer back as soon as nobody reads it any more.
 * The buffer belongs to the response from then on: do not touch it. Whoever answers by way of a framework's own
 * `send` uses {@link whenSent} beside it.
 *
 * If `end` throws, as of a plugin's hook, its error comes through, and the buffer goes back when the response is over.
 *
 * @param buffer - a `ByteBuffer`, or an array, which is sent as a whole
 * @throws `ERR_POOL_ARGUMENT` for what is no response, or a pool without `put`; the buffer is still the caller's then
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { Pool } from "ebbpool";
 * import { ByteBuffer, retain } from "ebbpool/bytes";
 * import { send } from "ebbpool/http";
 *
 * const buffers = new Pool({ new: () => new ByteBuffer(1024), ...retain.upTo(64 * 1024) });
 * const server = createServer((_request, response) => {
 *   const buffer = buffers.get();
 *   buffer.writeString(JSON.stringify({ hello: "world" }));
 *   response.setHeader("content-type", "application/json");
 *   send(response, buffer, buffers);
 * });
 * server.listen(0, "127.0.0.1", () => server.close());
 * ```
 */
export function send<Item extends ByteBuffer | Uint8Array>(
	response: ServerResponse,
	buffer: Item,
	pool: Returning<NoInfer<Item>>,
): void {
	expectValue(
		"ERR_POOL_ARGUMENT",
		"send: pool.put",
		(pool as Partial<Returning<Item>> | null)?.put,
		aFunction,
	);
	expectValue(
		"ERR_POOL_ARGUMENT",
		"send: response.end",
		(response as Partial<ServerResponse> | null)?.end,
		aFunction,
	);
	const held = buffer as Partial<ByteBuffer> | null;
	if (!isBytes(buffer)) expectValue("ERR_POOL_ARGUMENT", "send: buffer.bytes", held?.bytes, aFunction);
	const bytes = isBytes(buffer) ? buffer : buffer.bytes();
	whenSent(response, () => pool.put(buffer));
	response.end(bytes);
}
