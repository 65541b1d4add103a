import type { Socket } from "node:net";
import { Pool } from "ebbpool";
import { ByteBuffer, retain } from "ebbpool/bytes";
import type { FastifyReply } from "fastify";

export const buffers = new Pool({
	name: "responses",
	new: () => new ByteBuffer(2048),
	...retain.upTo(1024 * 1024),
	stats: true,
});

/** The buffers that the answers of each connection are in. */
const lent = new WeakMap<Socket, Set<ByteBuffer>>();

function lentTo(socket: Socket): Set<ByteBuffer> {
	const known = lent.get(socket);
	if (known !== undefined) return known;
	const held = new Set<ByteBuffer>();
	lent.set(socket, held);
	// When a client goes away that sent several requests at once, Node 20 and 22 only tell the first unfinished answer.
	socket.once("close", () => {
		for (const buffer of held) buffers.put(buffer);
		held.clear();
	});
	return held;
}

/** Sends what the buffer holds, and gives it back as soon as nobody reads it any more. */
export function sendBuffer(reply: FastifyReply, buffer: ByteBuffer): FastifyReply {
	const { socket } = reply.request.raw;
	reply.type("application/json").send(buffer.bytes());
	if (socket.closed) {
		// Nothing was sent, and there will be no event.
		buffers.put(buffer);
		return reply;
	}
	const held = lentTo(socket);
	held.add(buffer);
	// "close" follows "finish" once the last byte is with the operating system, and comes alone when the client is gone.
	reply.raw.once("close", () => {
		if (held.delete(buffer)) buffers.put(buffer);
	});
	return reply;
}
