import { once } from "node:events";
import { documents } from "../../../src/data.mjs";

export const does = "JSON messages of 5 to 30 kB sent by a client on loopback, answered with their length";
export const operations = 6000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export async function open(requireFrom) {
	const { WebSocket, WebSocketServer } = requireFrom("ws");
	const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
	server.on(
		"connection",
		(/** @type {import("node:events").EventEmitter & { send(text: string): void }} */ socket) =>
			socket.on("message", (data) => socket.send(String(data.length))),
	);
	await once(server, "listening");
	const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
	await once(client, "open");
	const inputs = documents([30, 60, 140]).map((text) => Buffer.from(text));
	return {
		async run(at) {
			client.send(inputs[at % inputs.length]);
			const [answer] = await once(client, "message");
			return answer;
		},
		async close() {
			client.terminate();
			server.close();
		},
	};
}
