import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Store } from "./store.ts";

/** `POST /notes` with a text, `GET /notes/ID`, `GET /stats`. */
export function service(store: Store): Server {
	return createServer((request, response) => {
		answer(store, request).then(
			({ status, body }) => send(response, status, body),
			// The pool is full, drained or the database is away: the client may try again.
			(error) => send(response, 503, { error: String(error) }),
		);
	});
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
