import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Store } from "./store.ts";

/** `POST /notes` with a text, `GET /notes` (a line each), `GET /notes/ID`, `GET /stats`. */
export function service(store: Store): Server {
	return createServer((request, response) => {
		if (request.method === "GET" && request.url === "/notes") {
			// A reader that goes away ends the listing, and with it the use of its connection.
			pipeline(Readable.from(lines(store)), response).catch((error) => response.destroy(error));
			return;
		}
		answer(store, request).then(
			({ status, body }) => send(response, status, body),
			// The pool is full, drained or the database is away: the client may try again.
			(error) => send(response, 503, { error: String(error) }),
		);
	});
}

async function* lines(store: Store): AsyncGenerator<string> {
	for await (const note of store.list()) yield `${JSON.stringify(note)}\n`;
}

async function answer(store: Store, request: IncomingMessage) {
	const { method, url = "/" } = request;
	const [, kind, id] = url.split("/");
	if (method === "POST" && kind === "notes") {
		return { status: 201, body: await store.add(await text(request)) };
	}
	if (method === "GET" && kind === "stats") return { status: 200, body: store.stats() };
	const note = method === "GET" && kind === "notes" ? await store.get(Number(id)) : undefined;
	return note === undefined ? { status: 404, body: { error: "no such note" } } : { status: 200, body: note };
}

function send(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
