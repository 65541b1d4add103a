import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import type { Readable } from "node:stream";
import { buffer as readAll } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { PSK } from "./psk.ts";

/** When a client goes away: once the request is sent, with the head of the answer, or amid its body. */
export type Abort = "sent" | "head" | "body";

/** Asks for `/n`; resolves with the body, or with nothing once it has given up. */
export interface Client {
	ask(n: number, abort?: Abort): Promise<string | undefined>;
	close(): void;
}

const IN_FLIGHT = 256;

export function clientOf(server: string, port: number): Client {
	if (server === "node:http2") return http2Client(port);
	return http1Client(port, server === "node:https", /compress/.test(server));
}

function http1Client(port: number, secure: boolean, compressed: boolean): Client {
	const { Agent, request } = secure ? https : http;
	const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
	const headers = compressed ? { "accept-encoding": "gzip" } : {};
	return {
		ask: (n, abort) =>
			new Promise((resolve, reject) => {
				const options = { agent, headers, host: "127.0.0.1", port, path: `/${n}`, ...(secure && PSK.client) };
				const asked = request(options as http.RequestOptions);
				const leave = () => {
					asked.destroy();
					resolve(undefined);
				};
				asked.on("error", (error) => (abort ? resolve(undefined) : reject(error)));
				asked.on("response", (response) => {
					if (abort === "head") return leave();
					if (abort === "body") return void response.once("data", leave).on("error", () => {});
					const zipped = response.headers["content-encoding"] === "gzip";
					if (compressed !== zipped) reject(new Error(`content-encoding of ${n}`));
					resolve(textOf(response, zipped));
				});
				asked.end(() => {
					if (abort === "sent") setImmediate(leave);
				});
			}),
		close: () => agent.destroy(),
	};
}

function http2Client(port: number): Client {
	const session = http2.connect(`http://127.0.0.1:${port}`, { maxSessionMemory: 1000 });
	session.on("error", () => {});
	return {
		ask: (n, abort) =>
			new Promise((resolve, reject) => {
				const stream = session.request({ ":path": `/${n}` });
				const leave = () => {
					stream.close(http2.constants.NGHTTP2_CANCEL);
					resolve(undefined);
				};
				stream.on("error", (error) => (abort ? resolve(undefined) : reject(error)));
				if (abort === "sent") setImmediate(leave);
				if (abort === "head") stream.once("response", leave);
				if (abort === "body") stream.once("data", leave);
				else resolve(abort ? undefined : textOf(stream, false));
			}),
		close: () => session.destroy(),
	};
}

async function textOf(stream: Readable, zipped: boolean): Promise<string> {
	const body = await readAll(stream);
	return (zipped ? gunzipSync(body) : body).toString();
}
