import { createServer, type RequestListener } from "node:http";
import { defineWorkload, type Items } from "./define-workload.ts";
import { type Body, httpBodies, REQUESTS } from "./http-bodies.ts";
import { CONNECTIONS, serve } from "./http-session.ts";
import { Scratch } from "./scratch.ts";

export const http = defineWorkload<Scratch>({
	name: "http",
	// Server and client together run ten times as much code per operation as the other workloads do.
	warmUpMs: 1000,
	summary: "node:http answers of 2–256 kB joined in a buffer",
	pool: { new: () => new Scratch() },
	itemsInUse: CONNECTIONS,
	open: (items, options) => serve(createServer(answerFrom(items, httpBodies())), REQUESTS, options),
});

/** A handler that joins a body in a buffer, which goes back when nothing refers to it any more. */
function answerFrom(items: Items<Scratch>, bodies: ReadonlyMap<string, Body>): RequestListener {
	return (request, response) => {
		const body = bodies.get(request.url ?? "");
		if (body === undefined) {
			response.writeHead(404).end();
			return;
		}
		const { pieces, length } = body;
		const scratch = items.get();
		const bytes = scratch.atLeast(length);
		let at = 0;
		for (const piece of pieces) {
			bytes.set(piece, at);
			at += piece.length;
		}
		// "close" follows "finish" once the last byte is with the operating system, and comes alone when the client is gone.
		response.once("close", () => items.put(scratch));
		response.writeHead(200, { "content-type": "application/json", "content-length": length });
		response.end(bytes.subarray(0, length));
	};
}
