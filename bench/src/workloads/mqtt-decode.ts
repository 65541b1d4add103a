import { type Audit, defineWorkload } from "@ebbpool/cli/workload";
import { encodePacket, type Packet, PacketDecoder } from "@ebbpool/example-mqtt/codec";
import { ByteBuffer } from "ebbpool/bytes";
import mqttPacket from "mqtt-packet";
import { mqttSessions } from "./mqtt-traffic.ts";

/** What a server does with a packet. */
type Consume = (packet: Packet) => void;

interface StreamDecoder {
	/** Decodes one connection's bytes, as they arrive. */
	decode(chunks: readonly Uint8Array[], consume: Consume): void;
}

/** What one writes without a pool: a parser for each connection. */
const mqttPacketDecoder: StreamDecoder = {
	decode(chunks, consume) {
		const parser = mqttPacket.parser({ protocolVersion: 4 });
		parser.on("packet", (packet) => consume(packet as Packet));
		parser.on("error", (error) => {
			throw error;
		});
		for (const chunk of chunks) parser.parse(chunk as Buffer);
	},
};

class BufferDecoder implements StreamDecoder {
	readonly #decoder = new PacketDecoder();

	decode(chunks: readonly Uint8Array[], consume: Consume): void {
		const decoder = this.#decoder;
		for (const chunk of chunks) {
			decoder.push(chunk);
			for (let packet = decoder.next(); packet !== undefined; packet = decoder.next()) consume(packet);
		}
	}

	reset(): void {
		this.#decoder.reset();
	}
}

/** What a TCP segment holds on an Ethernet. */
const SEGMENT_BYTES = 1448;

function segments(session: readonly Packet[]): Uint8Array[] {
	const buffer = new ByteBuffer();
	for (const packet of session) encodePacket(buffer, packet);
	const chunks: Uint8Array[] = [];
	while (buffer.length > 0) chunks.push(Buffer.from(buffer.next(SEGMENT_BYTES)));
	return chunks;
}

/** Reads all of a packet's fields that traffic carries. */
class Receiver {
	#sum = 0;
	#audit: Audit | undefined;

	begin(audit: Audit | undefined): void {
		this.#sum = 0;
		this.#audit = audit;
	}

	readonly consume: Consume = (packet) => {
		this.#sum += packet.cmd.length;
		this.#audit?.update(packet.cmd);
		if ("messageId" in packet) this.#sum += packet.messageId ?? 0;
		switch (packet.cmd) {
			case "connect":
				this.#text(packet.clientId);
				this.#bytes(packet.will?.payload as Uint8Array);
				this.#bytes(packet.password as Uint8Array);
				break;
			case "subscribe":
				for (const { topic } of packet.subscriptions) this.#text(topic);
				break;
			case "publish":
				this.#text(packet.topic);
				this.#bytes(packet.payload as Uint8Array);
				break;
		}
	};

	end(): number {
		return this.#sum;
	}

	#text(text: string): void {
		this.#audit?.update(text);
		this.#sum += text.length;
	}

	#bytes(bytes: Uint8Array): void {
		this.#audit?.update(bytes);
		this.#sum += bytes.length + (bytes[0] as number);
	}
}

const receiver = new Receiver();

// biome-ignore lint/style/noDefaultExport: `ebbpool bench FILE` measures the default export.
export default defineWorkload<BufferDecoder, readonly Uint8Array[], StreamDecoder>({
	name: "mqtt-decode",
	summary: "sessions of up to 69 MQTT packets from bytes, against mqtt-packet",
	pool: { new: () => new BufferDecoder(), reset: (decoder) => decoder.reset() },
	fresh: () => mqttPacketDecoder,
	inputs: () => mqttSessions().map(segments),
	run(items, session, audit) {
		const decoder = items.get();
		receiver.begin(audit);
		decoder.decode(session, receiver.consume);
		items.put(decoder);
		return receiver.end();
	},
});
