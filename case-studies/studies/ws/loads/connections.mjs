import { once } from "node:events";
import { documents } from "../../../src/data.mjs";

export const does =
	"connections on loopback with permessage-deflate, each for one JSON message of 1.5 to 4 kB that is sent back";
export const why =
	"clients on phones, health checks and functions that are started for one call connect, exchange little, and leave";
export const operations = 800;

/** @typedef {import("node:events").EventEmitter & { send(text: string): void }} Socket */

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export async function open(requireFrom) {
	const { WebSocket, WebSocketServer } = requireFrom("ws");
	const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: true });
	server.on("connection", (/** @type {Socket} */ socket) =>
		socket.on("message", (data) => socket.send(String(data))),
	);
	await once(server, "listening");
	const { port } = server.address();
	const inputs = documents([8, 12, 20]);
	return {
		async run(at) {
			const client = new WebSocket(`ws://127.0.0.1:${port}`);
			await once(client, "open");
			client.send(inputs[at % inputs.length]);
			const [answer] = await once(client, "message");
			client.close();
			await once(client, "close");
			return answer;
		},
		close: () => server.close(),
	};
}
