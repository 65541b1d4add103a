/** The packets of MQTT 3.1.1, named as the npm package `mqtt-packet` names them. */
export type Packet =
	| ConnectPacket
	| ConnackPacket
	| PublishPacket
	| AcknowledgementPacket
	| SubscribePacket
	| SubackPacket
	| UnsubscribePacket
	| EmptyPacket;

export type QoS = 0 | 1 | 2;

export interface Will {
	readonly topic: string;
	readonly payload: Uint8Array;
	readonly qos: QoS;
	readonly retain: boolean;
}

export interface ConnectPacket {
	readonly cmd: "connect";
	readonly clientId: string;
	readonly clean: boolean;
	/** In seconds; 0: none. */
	readonly keepalive: number;
	/** What the broker publishes if the connection breaks. */
	readonly will?: Will;
	readonly username?: string;
	readonly password?: Uint8Array;
}

export interface ConnackPacket {
	readonly cmd: "connack";
	readonly sessionPresent: boolean;
	/** 0: accepted. */
	readonly returnCode: number;
}

export interface PublishPacket {
	readonly cmd: "publish";
	readonly topic: string;
	readonly payload: Uint8Array | string;
	readonly qos: QoS;
	readonly retain: boolean;
	/** Whether it was sent before. */
	readonly dup: boolean;
	/** Only with a QoS above 0. */
	readonly messageId?: number;
}

export interface AcknowledgementPacket {
	readonly cmd: "puback" | "pubrec" | "pubrel" | "pubcomp" | "unsuback";
	readonly messageId: number;
}

export interface Subscription {
	readonly topic: string;
	readonly qos: QoS;
}

export interface SubscribePacket {
	readonly cmd: "subscribe";
	readonly messageId: number;
	readonly subscriptions: readonly Subscription[];
}

export interface SubackPacket {
	readonly cmd: "suback";
	readonly messageId: number;
	/** For each subscription the QoS, or 128: refused. */
	readonly granted: readonly number[];
}

export interface UnsubscribePacket {
	readonly cmd: "unsubscribe";
	readonly messageId: number;
	readonly unsubscriptions: readonly string[];
}

export interface EmptyPacket {
	readonly cmd: "pingreq" | "pingresp" | "disconnect";
}
