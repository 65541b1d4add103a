import type { Packet } from "./packet.ts";

/** Upper half of a packet's first byte (MQTT 3.1.1, section 2.2.1). */
export const PACKET_TYPE: Readonly<Record<Packet["cmd"], number>> = {
	connect: 1,
	connack: 2,
	publish: 3,
	puback: 4,
	pubrec: 5,
	pubrel: 6,
	pubcomp: 7,
	subscribe: 8,
	suback: 9,
	unsubscribe: 10,
	unsuback: 11,
	pingreq: 12,
	pingresp: 13,
	disconnect: 14,
};

export const PROTOCOL_NAME = "MQTT";
export const PROTOCOL_LEVEL = 4;

/** What four bytes of seven bits can say (section 2.2.3). */
export const MOST_REMAINING = 2 ** 28 - 1;

/** Lower half of a PUBLISH's first byte. */
export const PUBLISH_FLAG = { retain: 1, dup: 8 } as const;
export const PUBLISH_QOS_SHIFT = 1;

/** Lower half of the first byte of PUBREL, SUBSCRIBE and UNSUBSCRIBE; all others but PUBLISH have 0 there. */
export const RESERVED_FLAGS = 2;

export function flagsOf(cmd: Packet["cmd"]): number {
	return cmd === "pubrel" || cmd === "subscribe" || cmd === "unsubscribe" ? RESERVED_FLAGS : 0;
}

export const CONNECT_FLAG = { clean: 2, will: 4, willRetain: 32, password: 64, username: 128 } as const;
export const WILL_QOS_SHIFT = 3;
