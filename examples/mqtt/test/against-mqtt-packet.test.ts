import { describe, it } from "node:test";
import { encodePacket, MalformedPacketError, type Packet, PacketDecoder } from "@ebbpool/example-mqtt/codec";
import { assert } from "chai";
import { ByteBuffer } from "ebbpool/bytes";
import fc from "fast-check";
import mqttPacket from "mqtt-packet";
import { packets } from "./packets.ts";

const numRuns = process.env["EBBPOOL_LONG"] ? 100_000 : 500;

function generate(packet: Packet): Buffer {
	return mqttPacket.generate(packet as mqttPacket.Packet);
}

/** One buffer for all runs: what the last packet left must not matter. */
const buffer = new ByteBuffer();

function encode(packet: Packet): Uint8Array {
	buffer.reset();
	encodePacket(buffer, packet);
	return buffer.bytes();
}

/** The fields of another decoder's packet that the packet sent has; that decoder adds others. */
function fieldsOf(sent: Packet, decoded: mqttPacket.Packet): object {
	return Object.fromEntries(Object.keys(sent).map((key) => [key, decoded[key as keyof mqttPacket.Packet]]));
}

/** Byte arrays of any kind as arrays of numbers. */
function plain(value: unknown): unknown {
	if (value instanceof Uint8Array) return [...value];
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

describe("MQTT packets", () => {
	it("are encoded byte for byte as mqtt-packet does it", () => {
		fc.assert(
			fc.property(packets, (packet) => {
				assert.deepEqual(Buffer.from(encode(packet)), generate(packet));
			}),
			{ numRuns },
		);
	});

	it("are decoded field for field as mqtt-packet does it, however the stream is cut", () => {
		fc.assert(
			fc.property(
				fc.array(packets, { maxLength: 5 }),
				fc.integer({ min: 1, max: 50 }),
				(sent, chunkLength) => {
					const stream = Buffer.concat(sent.map(generate));
					const theirs: mqttPacket.Packet[] = [];
					const parser = mqttPacket.parser({ protocolVersion: 4 });
					parser.on("packet", (packet) => theirs.push(packet));
					parser.on("error", (error) => assert.fail(String(error)));
					const decoder = new PacketDecoder();
					const ours: unknown[] = [];
					for (let at = 0; at < stream.length; at += chunkLength) {
						const chunk = stream.subarray(at, at + chunkLength);
						parser.parse(Buffer.from(chunk));
						decoder.push(chunk);
						for (let packet = decoder.next(); packet !== undefined; packet = decoder.next()) {
							ours.push(plain(packet));
						}
					}
					const expected = theirs.map((packet, at) => plain(fieldsOf(sent[at] as Packet, packet)));
					assert.deepEqual(ours, expected);
					assert.strictEqual(ours.length, sent.length);
				},
			),
			{ numRuns },
		);
	});

	it("with random bytes in them are decoded or refused, never more", () => {
		fc.assert(
			fc.property(packets, fc.nat(), fc.nat({ max: 255 }), (packet, position, byte) => {
				const bytes = Uint8Array.from(encode(packet));
				bytes[position % bytes.length] = byte;
				const decoder = new PacketDecoder();
				decoder.push(bytes);
				try {
					while (decoder.next() !== undefined);
				} catch (error) {
					assert.isOk(error instanceof MalformedPacketError, String(error));
				}
			}),
			{ numRuns },
		);
	});

	it("that MQTT cannot say leave nothing in the buffer", () => {
		const topic = "x".repeat(0x1_0000);
		for (const packet of [
			{ cmd: "publish", topic, payload: "", qos: 0, retain: false, dup: false },
			{ cmd: "publish", topic: "x", payload: "", qos: 1, retain: false, dup: false },
			{ cmd: "puback", messageId: 0 },
			{ cmd: "unsubscribe", messageId: 1, unsubscriptions: ["x", topic] },
		] satisfies Packet[]) {
			buffer.reset();
			buffer.writeByte(7);
			assert.throws(() => encodePacket(buffer, packet));
			assert.deepEqual([...buffer.bytes()], [7]);
		}
	});

	it("are told apart after a reset in the middle of one", () => {
		const decoder = new PacketDecoder();
		decoder.push(generate({ cmd: "puback", messageId: 5 }).subarray(0, 3));
		assert.strictEqual(decoder.next(), undefined);
		decoder.reset();
		decoder.push(generate({ cmd: "pingreq" }));
		assert.deepEqual(decoder.next(), { cmd: "pingreq" });
		assert.strictEqual(decoder.next(), undefined);
	});
});
