import type { Hash } from "node:crypto";
import { ByteBuffer } from "ebbpool/bytes";
import mqttPacket from "mqtt-packet";
import { encodePacket, type Packet } from "../mqtt/index.ts";
import { loop } from "./loop.ts";
import { mqttSessions } from "./mqtt-traffic.ts";
import { defineWorkload } from "./workload.ts";

interface PacketEncoder {
	/** Encodes the packets for a socket; returns how many bytes that are. */
	encode(packets: readonly Packet[], audit?: Hash): number;
}

/** What one writes without a pool: each packet becomes a buffer, which is written to the socket. */
const mqttPacketEncoder: PacketEncoder = {
	encode(packets, audit) {
		let length = 0;
		for (const packet of packets) {
			const bytes = mqttPacket.generate(packet as mqttPacket.Packet);
			audit?.update(bytes);
			length += bytes.length;
		}
		return length;
	},
};

/** All packets go into one buffer, which is written to the socket. */
class BufferEncoder implements PacketEncoder {
	readonly #buffer = new ByteBuffer();

	encode(packets: readonly Packet[], audit?: Hash): number {
		const buffer = this.#buffer;
		for (const packet of packets) encodePacket(buffer, packet);
		audit?.update(buffer.bytes());
		return buffer.length;
	}

	reset(): void {
		this.#buffer.reset();
	}
}

export const mqttEncode = defineWorkload<PacketEncoder, BufferEncoder>({
	name: "mqtt-encode",
	summary: "sessions of up to 69 MQTT packets to bytes, against mqtt-packet",
	pool: { new: () => new BufferEncoder(), reset: (encoder) => encoder.reset() },
	fresh: () => mqttPacketEncoder,
	open(items) {
		const sessions = mqttSessions();
		return loop(sessions.length, (input, audit) => {
			const encoder = items.get();
			const length = encoder.encode(sessions[input] as Packet[], audit);
			items.put(encoder);
			return length;
		});
	},
});
