import { createServer, type Server, type Socket } from "node:net";
import { MalformedPacketError, type Packet, PacketDecoder } from "./codec/index.ts";
import { send } from "./send.ts";

/** What a broker with a single client answers; what is published comes back to the subscriber. */
function answers(packet: Packet): Packet[] {
	switch (packet.cmd) {
		case "connect":
			return [{ cmd: "connack", sessionPresent: false, returnCode: 0 }];
		case "subscribe":
			return [
				{ cmd: "suback", messageId: packet.messageId, granted: packet.subscriptions.map(({ qos }) => qos) },
			];
		case "publish":
			return [
				...(packet.messageId === undefined ? [] : [{ cmd: "puback", messageId: packet.messageId } as const]),
				{ cmd: "publish", topic: packet.topic, payload: packet.payload, qos: 0, retain: false, dup: false },
			];
		case "pingreq":
			return [{ cmd: "pingresp" }];
		default:
			return [];
	}
}

async function converse(socket: Socket): Promise<void> {
	const decoder = new PacketDecoder();
	for await (const chunk of socket) {
		decoder.push(chunk);
		const replies: Packet[] = [];
		for (let packet = decoder.next(); packet !== undefined; packet = decoder.next()) {
			if (packet.cmd === "disconnect") return;
			replies.push(...answers(packet));
		}
		await send(socket, replies);
	}
}

/** Serves whoever connects until `close`. */
export function createBroker(): Server {
	return createServer((socket) => {
		converse(socket)
			.catch((error) => {
				if (!(error instanceof MalformedPacketError)) throw error;
			})
			.finally(() => socket.destroy());
	});
}
