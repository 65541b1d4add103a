import type { Socket } from "node:net";
import { Pool } from "ebbpool";
import { ByteBuffer, retain } from "ebbpool/bytes";
import { encodePacket, type Packet } from "./codec/index.ts";

export const buffers = new Pool({
	new: () => new ByteBuffer(1024),
	...retain.upTo(64 * 1024),
	stats: true,
});

/** Encodes packets into one pooled buffer, which goes back when the socket is done with its bytes. */
export function send(socket: Socket, packets: readonly Packet[]): Promise<void> {
	return buffers.use((buffer) => {
		for (const packet of packets) encodePacket(buffer, packet);
		// A socket is done with the bytes when it says that they are written.
		return buffer.writeTo(socket, { copy: false }).then(() => {});
	});
}
