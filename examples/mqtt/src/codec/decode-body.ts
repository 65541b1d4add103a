import { MalformedPacketError } from "./malformed-packet-error.ts";
import type { AcknowledgementPacket, EmptyPacket, Packet, QoS, Subscription, Will } from "./packet.ts";
import type { PacketBody } from "./packet-body.ts";
import {
	CONNECT_FLAG,
	flagsOf,
	PACKET_TYPE,
	PROTOCOL_LEVEL,
	PROTOCOL_NAME,
	PUBLISH_FLAG,
	PUBLISH_QOS_SHIFT,
	WILL_QOS_SHIFT,
} from "./wire-format.ts";

type Decode = (body: PacketBody, flags: number) => Packet;

const DECODE: Readonly<Record<Packet["cmd"], Decode>> = {
	connect: decodeConnect,
	connack: decodeConnack,
	publish: decodePublish,
	puback: acknowledgement("puback"),
	pubrec: acknowledgement("pubrec"),
	pubrel: acknowledgement("pubrel"),
	pubcomp: acknowledgement("pubcomp"),
	subscribe: decodeSubscribe,
	suback: decodeSuback,
	unsubscribe: decodeUnsubscribe,
	unsuback: acknowledgement("unsuback"),
	pingreq: empty("pingreq"),
	pingresp: empty("pingresp"),
	disconnect: empty("disconnect"),
};

interface PacketKind {
	readonly cmd: Packet["cmd"];
	readonly flags: number;
	readonly decode: Decode;
}

/** By the upper half of the first byte. */
const KINDS: readonly (PacketKind | undefined)[] = Array.from({ length: 16 }, (_, type) => {
	const cmd = (Object.keys(PACKET_TYPE) as Packet["cmd"][]).find((name) => PACKET_TYPE[name] === type);
	return cmd && { cmd, flags: flagsOf(cmd), decode: DECODE[cmd] };
});

/** Decodes what follows a packet's header. */
export function decodeBody(body: PacketBody, type: number, flags: number): Packet {
	const kind = KINDS[type];
	if (kind === undefined) throw new MalformedPacketError(`expected a packet type from 1 to 14, got ${type}`);
	if (kind.cmd !== "publish" && kind.flags !== flags) {
		throw new MalformedPacketError(`${kind.cmd}: expected the flags ${kind.flags}, got ${flags}`);
	}
	return kind.decode(body, flags);
}

function decodeConnect(body: PacketBody): Packet {
	const name = body.text();
	const level = body.byte();
	if (name !== PROTOCOL_NAME || level !== PROTOCOL_LEVEL) {
		throw new MalformedPacketError(`expected ${PROTOCOL_NAME} ${PROTOCOL_LEVEL}, got ${name} ${level}`);
	}
	const flags = body.byte();
	if (flags & 1) throw new MalformedPacketError("connect: expected the reserved flag to be 0, got 1");
	const keepalive = body.uint16();
	const clientId = body.text();
	const will = decodeWill(body, flags);
	return {
		cmd: "connect",
		clientId,
		clean: (flags & CONNECT_FLAG.clean) !== 0,
		keepalive,
		...(will && { will }),
		...(flags & CONNECT_FLAG.username && { username: body.text() }),
		...(flags & CONNECT_FLAG.password && { password: body.binary() }),
	};
}

function decodeWill(body: PacketBody, flags: number): Will | undefined {
	const qos = qosOf((flags >> WILL_QOS_SHIFT) & 3);
	const retain = (flags & CONNECT_FLAG.willRetain) !== 0;
	if (flags & CONNECT_FLAG.will) return { topic: body.text(), payload: body.binary(), qos, retain };
	if (qos > 0 || retain) throw new MalformedPacketError("connect: expected no flags of a will, got some");
	return undefined;
}

function decodeConnack(body: PacketBody): Packet {
	const flags = body.byte();
	if (flags > 1) throw new MalformedPacketError(`connack: expected the flags 0 or 1, got ${flags}`);
	return { cmd: "connack", sessionPresent: flags === 1, returnCode: body.byte() };
}

function decodePublish(body: PacketBody, flags: number): Packet {
	const qos = qosOf((flags >> PUBLISH_QOS_SHIFT) & 3);
	const retain = (flags & PUBLISH_FLAG.retain) !== 0;
	const dup = (flags & PUBLISH_FLAG.dup) !== 0;
	const topic = body.text();
	if (qos === 0) return { cmd: "publish", topic, payload: body.rest(), qos, retain, dup };
	const messageId = body.messageId();
	return { cmd: "publish", topic, payload: body.rest(), qos, retain, dup, messageId };
}

function acknowledgement(cmd: AcknowledgementPacket["cmd"]): Decode {
	return (body) => ({ cmd, messageId: body.messageId() });
}

function empty(cmd: EmptyPacket["cmd"]): Decode {
	return () => ({ cmd });
}

function decodeSubscribe(body: PacketBody): Packet {
	const messageId = body.messageId();
	const subscriptions: Subscription[] = [];
	while (body.left > 0) subscriptions.push({ topic: body.text(), qos: qosOf(body.byte()) });
	return { cmd: "subscribe", messageId, subscriptions };
}

function decodeSuback(body: PacketBody): Packet {
	return { cmd: "suback", messageId: body.messageId(), granted: [...body.rest()] };
}

function decodeUnsubscribe(body: PacketBody): Packet {
	const messageId = body.messageId();
	const unsubscriptions: string[] = [];
	while (body.left > 0) unsubscriptions.push(body.text());
	return { cmd: "unsubscribe", messageId, unsubscriptions };
}

function qosOf(value: number): QoS {
	if (value === 0 || value === 1 || value === 2) return value;
	throw new MalformedPacketError(`expected a QoS from 0 to 2, got ${value}`);
}
