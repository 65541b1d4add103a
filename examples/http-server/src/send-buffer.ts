import { Pool } from "ebbpool";
import { ByteBuffer, retain } from "ebbpool/bytes";
import { whenSent } from "ebbpool/http";
import type { FastifyReply } from "fastify";

export const buffers = new Pool({
	name: "responses",
	new: () => new ByteBuffer(2048),
	...retain.upTo(1024 * 1024),
	stats: true,
});

/** Sends what the buffer holds, and gives it back as soon as nobody reads it any more. */
export function sendBuffer(reply: FastifyReply, buffer: ByteBuffer): FastifyReply {
	whenSent(reply.raw, () => buffers.put(buffer));
	return reply.type("application/json").send(buffer.bytes());
}
