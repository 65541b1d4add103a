import type { Packet, QoS } from "@ebbpool/example-mqtt/codec";
import { coastlines, type Position } from "../coastlines.ts";
import { jsonRecords } from "../real-data.ts";

/** A position is sent this often, in seconds, and a ping every so many positions. */
const INTERVAL_S = 10;
const PING_EVERY = 12;

/** Positions that a vessel sends before it drops the connection. */
const POSITIONS_PER_SESSION = 60;

const DEPARTURE = Date.UTC(2026, 0, 1);

/**
 * What a fleet that sails along the world's coastlines sends to its broker: for each vessel one session, of CONNECT with
 * a will, SUBSCRIBE, a retained record of 34 to 276 bytes, positions of about 80 bytes, pings, and DISCONNECT.
 */
export function mqttSessions(): Packet[][] {
	return coastlines().map((line, vessel) =>
		session(vessel, jsonRecords[vessel % jsonRecords.length] as string, line.slice(0, POSITIONS_PER_SESSION)),
	);
}

function session(vessel: number, record: string, positions: readonly Position[]): Packet[] {
	const prefix = `fleet/vessel-${vessel}`;
	return [
		{
			cmd: "connect",
			clientId: `vessel-${vessel}`,
			clean: true,
			keepalive: 60,
			username: `vessel-${vessel}`,
			password: Buffer.from("correct horse battery staple"),
			will: { topic: `${prefix}/status`, payload: Buffer.from("offline"), qos: 1, retain: true },
		},
		{
			cmd: "subscribe",
			messageId: 1,
			subscriptions: [
				{ topic: `${prefix}/commands/#`, qos: 1 },
				{ topic: "fleet/all/alerts", qos: 0 },
			],
		},
		publish(`${prefix}/record`, record, 1, 2),
		...positions.flatMap((position, at): Packet[] => {
			const report = publish(`${prefix}/position`, describe(position, at), at % 10 === 0 ? 1 : 0, 3 + at);
			return at % PING_EVERY === PING_EVERY - 1 ? [report, { cmd: "pingreq" }] : [report];
		}),
		{ cmd: "disconnect" },
	];
}

function publish(topic: string, payload: string, qos: QoS, messageId: number): Packet {
	const retain = topic.endsWith("/record");
	return { cmd: "publish", topic, payload, qos, retain, dup: false, ...(qos > 0 && { messageId }) };
}

function describe({ longitude, latitude }: Position, at: number): string {
	const time = new Date(DEPARTURE + at * INTERVAL_S * 1000).toISOString();
	return JSON.stringify({ time, lon: Number(longitude.toFixed(5)), lat: Number(latitude.toFixed(5)) });
}
