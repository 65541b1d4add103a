import type { Packet, QoS } from "@ebbpool/example-mqtt/codec";
import fc from "fast-check";

const qos = fc.constantFrom<QoS>(0, 1, 2);
const messageId = fc.integer({ min: 1, max: 0xffff });
const uint16 = fc.integer({ min: 0, max: 0xffff });
/** Also beyond one and two bytes of the packet's length. */
const payload = fc.oneof(
	fc.uint8Array({ maxLength: 300 }),
	fc.uint8Array({ minLength: 16_300, maxLength: 16_500, size: "max" }),
);
/** Any code point but U+0000, which MQTT forbids; lone surrogates too, as strings may have them. */
const text = fc.string({
	unit: fc.oneof(fc.string({ unit: "binary", minLength: 1, maxLength: 1 }), surrogate()),
});
const topic = text.map((value) => `t${value.replaceAll("\0", "")}`);

function surrogate(): fc.Arbitrary<string> {
	return fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
}

const binary = fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes));
const user = fc.record({ username: topic, password: binary }, { requiredKeys: ["username"] });

const connect = fc
	.record(
		{
			clientId: topic,
			clean: fc.boolean(),
			keepalive: uint16,
			will: fc.record({ topic, payload: binary, qos, retain: fc.boolean() }),
			user,
		},
		{ requiredKeys: ["clientId", "clean", "keepalive"] },
	)
	.map(({ user: login, ...rest }): Packet => ({ cmd: "connect", ...rest, ...login }));

const publish = fc
	.record({
		topic,
		payload: fc.oneof(payload.map(Buffer.from), text),
		qos,
		retain: fc.boolean(),
		dup: fc.boolean(),
		messageId,
	})
	.map(
		({ messageId: id, ...rest }): Packet => ({
			cmd: "publish",
			...rest,
			...(rest.qos > 0 && { messageId: id }),
		}),
	);

/** Random packets of every kind, with Buffers where `mqtt-packet` wants them. */
export const packets: fc.Arbitrary<Packet> = fc.oneof(
	connect,
	fc.record({
		cmd: fc.constant("connack" as const),
		sessionPresent: fc.boolean(),
		returnCode: fc.integer({ min: 0, max: 5 }),
	}),
	{ arbitrary: publish, weight: 3 },
	fc.record({
		cmd: fc.constantFrom("puback" as const, "pubrec", "pubrel", "pubcomp", "unsuback"),
		messageId,
	}),
	fc.record({
		cmd: fc.constant("subscribe" as const),
		messageId,
		subscriptions: fc.array(fc.record({ topic, qos }), { minLength: 1, maxLength: 8 }),
	}),
	fc.record({
		cmd: fc.constant("suback" as const),
		messageId,
		granted: fc.array(fc.constantFrom(0, 1, 2, 128), { minLength: 1, maxLength: 8 }),
	}),
	fc.record({
		cmd: fc.constant("unsubscribe" as const),
		messageId,
		unsubscriptions: fc.array(topic, { minLength: 1, maxLength: 8 }),
	}),
	fc.record({ cmd: fc.constantFrom("pingreq" as const, "pingresp", "disconnect") }),
);
