import { type Audit, defineWorkload } from "@ebbpool/cli/workload";
import { encodePacket, type Packet } from "@ebbpool/example-mqtt/codec";
import { ByteBuffer } from "ebbpool/bytes";
import mqttPacket from "mqtt-packet";
import { mqttSessions } from "./mqtt-traffic.ts";

interface PacketEncoder {
	/** Encodes the packets for a socket; returns how many bytes that are. */
	encode(packets: readonly Packet[], audit?: Audit): number;
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

	encode(packets: readonly Packet[], audit?: Audit): number {
		const buffer = this.#buffer;
		for (const packet of packets) encodePacket(buffer, packet);
		audit?.update(buffer.bytes());
		return buffer.length;
	}

	reset(): void {
		this.#buffer.reset();
	}
}

// biome-ignore lint/style/noDefaultExport: `ebbpool bench FILE` measures the default export.
export default defineWorkload<BufferEncoder, readonly Packet[], PacketEncoder>({
	name: "mqtt-encode",
	summary: "sessions of up to 69 MQTT packets to bytes, against mqtt-packet",
	pool: { new: () => new BufferEncoder(), reset: (encoder) => encoder.reset() },
	fresh: () => mqttPacketEncoder,
	inputs: mqttSessions,
	run(items, session, audit) {
		const encoder = items.get();
		const length = encoder.encode(session, audit);
		items.put(encoder);
		return length;
	},
});
