// A client and a broker speak MQTT 3.1.1 over loopback. Run it with `npm start -w @ebbpool/example-mqtt`.
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { createBroker } from "./broker.ts";
import { type Packet, PacketDecoder } from "./codec/index.ts";
import { buffers, send } from "./send.ts";

const broker = createBroker().listen(0, "127.0.0.1");
await once(broker, "listening");
const socket = connect((broker.address() as AddressInfo).port, "127.0.0.1");

const packets: Packet[] = [
	{ cmd: "connect", clientId: "vessel-7", clean: true, keepalive: 60 },
	{ cmd: "subscribe", messageId: 1, subscriptions: [{ topic: "fleet/#", qos: 1 }] },
	{
		cmd: "publish",
		topic: "fleet/7/name",
		payload: "Pequod",
		qos: 1,
		retain: true,
		dup: false,
		messageId: 2,
	},
	{ cmd: "publish", topic: "fleet/7/position", payload: "-70.1,41.3", qos: 0, retain: false, dup: false },
	{ cmd: "pingreq" },
];
const LAST_ANSWER = "pingresp";

function show(packet: Packet): string {
	const { cmd, ...fields } = packet;
	const payload = "payload" in packet ? { payload: Buffer.from(packet.payload).toString() } : {};
	return `${cmd} ${JSON.stringify({ ...fields, ...payload })}`;
}

for (const packet of packets) console.log(`→ ${show(packet)}`);
await send(socket, packets);

const decoder = new PacketDecoder();
for await (const chunk of socket) {
	decoder.push(chunk);
	let packet = decoder.next();
	for (; packet !== undefined && packet.cmd !== LAST_ANSWER; packet = decoder.next()) {
		console.log(`← ${show(packet)}`);
	}
	if (packet?.cmd === LAST_ANSWER) {
		console.log(`← ${show(packet)}`);
		await send(socket, [{ cmd: "disconnect" }]);
		break;
	}
}
broker.close();
await once(broker, "close");
const { gets, puts } = buffers.stats();
console.log(`buffers taken and given back: ${gets} ${puts}`);
