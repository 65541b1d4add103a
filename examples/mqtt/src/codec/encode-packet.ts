import type { ByteBuffer } from "ebbpool/bytes";
import type {
	AcknowledgementPacket,
	ConnackPacket,
	ConnectPacket,
	Packet,
	PublishPacket,
	SubackPacket,
	SubscribePacket,
	UnsubscribePacket,
} from "./packet.ts";
import {
	CONNECT_FLAG,
	flagsOf,
	MOST_REMAINING,
	PACKET_TYPE,
	PROTOCOL_LEVEL,
	PROTOCOL_NAME,
	PUBLISH_FLAG,
	PUBLISH_QOS_SHIFT,
	WILL_QOS_SHIFT,
} from "./wire-format.ts";

/**
 * Appends a packet to the buffer.
 *
 * @throws `RangeError`, or the buffer's `ERR_POOL_RANGE`, for what MQTT cannot say (a topic of more than 65,535 bytes, a
 *   message without its id); the buffer is then as it was
 */
export function encodePacket(buffer: ByteBuffer, packet: Packet): void {
	const before = buffer.length;
	try {
		encode(buffer, packet);
	} catch (error) {
		buffer.truncate(before);
		throw error;
	}
}

function encode(buffer: ByteBuffer, packet: Packet): void {
	switch (packet.cmd) {
		case "connect":
			encodeConnect(buffer, packet);
			break;
		case "connack":
			encodeConnack(buffer, packet);
			break;
		case "publish":
			encodePublish(buffer, packet);
			break;
		case "subscribe":
			encodeSubscribe(buffer, packet);
			break;
		case "suback":
			encodeSuback(buffer, packet);
			break;
		case "unsubscribe":
			encodeUnsubscribe(buffer, packet);
			break;
		case "pingreq":
		case "pingresp":
		case "disconnect":
			writeHeader(buffer, packet.cmd, 0);
			break;
		default:
			encodeAcknowledgement(buffer, packet);
			break;
	}
}

/** Bytes of the length before a string or a binary field, and of a packet identifier. */
const LENGTH_BYTES = 2;
const ID_BYTES = 2;

/** The protocol's name and level, the flags and the keep-alive interval. */
const CONNECT_BYTES = LENGTH_BYTES + PROTOCOL_NAME.length + 4;

function encodeConnect(buffer: ByteBuffer, packet: ConnectPacket): void {
	const { clientId, clean, keepalive, will, username, password } = packet;
	let flags = clean ? CONNECT_FLAG.clean : 0;
	let remaining = CONNECT_BYTES + fieldLength(clientId);
	if (will !== undefined) {
		flags |= CONNECT_FLAG.will | (will.qos << WILL_QOS_SHIFT) | (will.retain ? CONNECT_FLAG.willRetain : 0);
		remaining += fieldLength(will.topic) + LENGTH_BYTES + will.payload.length;
	}
	if (username !== undefined) {
		flags |= CONNECT_FLAG.username;
		remaining += fieldLength(username);
	}
	if (password !== undefined) {
		if (username === undefined)
			throw new RangeError("connect: expected a username with the password, got none");
		flags |= CONNECT_FLAG.password;
		remaining += LENGTH_BYTES + password.length;
	}
	writeHeader(buffer, "connect", remaining);
	writeText(buffer, PROTOCOL_NAME);
	buffer.writeByte(PROTOCOL_LEVEL);
	buffer.writeByte(flags);
	buffer.writeUint16BE(keepalive);
	writeText(buffer, clientId);
	if (will !== undefined) {
		writeText(buffer, will.topic);
		writeBinary(buffer, will.payload);
	}
	if (username !== undefined) writeText(buffer, username);
	if (password !== undefined) writeBinary(buffer, password);
}

function encodeConnack(buffer: ByteBuffer, { sessionPresent, returnCode }: ConnackPacket): void {
	writeHeader(buffer, "connack", 2);
	buffer.writeByte(sessionPresent ? 1 : 0);
	buffer.writeByte(returnCode);
}

function encodePublish(buffer: ByteBuffer, packet: PublishPacket): void {
	const { topic, payload, qos, retain, dup, messageId } = packet;
	const topicLength = Buffer.byteLength(topic);
	const payloadLength = typeof payload === "string" ? Buffer.byteLength(payload) : payload.length;
	const idLength = qos > 0 ? ID_BYTES : 0;
	const flags =
		(qos << PUBLISH_QOS_SHIFT) | (retain ? PUBLISH_FLAG.retain : 0) | (dup ? PUBLISH_FLAG.dup : 0);
	writeHeader(buffer, "publish", LENGTH_BYTES + topicLength + idLength + payloadLength, flags);
	buffer.writeUint16BE(topicLength);
	buffer.writeString(topic);
	if (qos > 0) writeId(buffer, messageId);
	if (typeof payload === "string") buffer.writeString(payload);
	else buffer.write(payload);
}

function encodeAcknowledgement(buffer: ByteBuffer, { cmd, messageId }: AcknowledgementPacket): void {
	writeHeader(buffer, cmd, ID_BYTES);
	writeId(buffer, messageId);
}

function encodeSubscribe(buffer: ByteBuffer, { messageId, subscriptions }: SubscribePacket): void {
	let remaining = ID_BYTES;
	for (const { topic } of subscriptions) remaining += fieldLength(topic) + 1;
	writeHeader(buffer, "subscribe", remaining);
	writeId(buffer, messageId);
	for (const { topic, qos } of subscriptions) {
		writeText(buffer, topic);
		buffer.writeByte(qos);
	}
}

function encodeSuback(buffer: ByteBuffer, { messageId, granted }: SubackPacket): void {
	writeHeader(buffer, "suback", ID_BYTES + granted.length);
	writeId(buffer, messageId);
	for (const code of granted) buffer.writeByte(code);
}

function encodeUnsubscribe(buffer: ByteBuffer, { messageId, unsubscriptions }: UnsubscribePacket): void {
	let remaining = ID_BYTES;
	for (const topic of unsubscriptions) remaining += fieldLength(topic);
	writeHeader(buffer, "unsubscribe", remaining);
	writeId(buffer, messageId);
	for (const topic of unsubscriptions) writeText(buffer, topic);
}

function writeHeader(buffer: ByteBuffer, cmd: Packet["cmd"], remaining: number, flags = flagsOf(cmd)): void {
	if (remaining > MOST_REMAINING) {
		throw new RangeError(`${cmd}: expected at most ${MOST_REMAINING} bytes, got ${remaining}`);
	}
	buffer.writeByte((PACKET_TYPE[cmd] << 4) | flags);
	buffer.writeUvarint(remaining);
}

function writeId(buffer: ByteBuffer, messageId: number | undefined): void {
	if (!messageId) throw new RangeError(`expected a message id from 1 to 65535, got ${messageId}`);
	buffer.writeUint16BE(messageId);
}

function fieldLength(text: string): number {
	return LENGTH_BYTES + Buffer.byteLength(text);
}

function writeText(buffer: ByteBuffer, text: string): void {
	buffer.writeUint16BE(Buffer.byteLength(text));
	buffer.writeString(text);
}

function writeBinary(buffer: ByteBuffer, bytes: Uint8Array): void {
	buffer.writeUint16BE(bytes.length);
	buffer.write(bytes);
}
