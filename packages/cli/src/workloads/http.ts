import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type Body, httpBodies } from "./http-bodies.ts";
import { HttpLoad } from "./http-load.ts";
import { Scratch } from "./scratch.ts";
import type { Session } from "./session.ts";
import { defineWorkload, type Items } from "./workload.ts";

export const http = defineWorkload<Scratch>({
	name: "http",
	summary: "node:http answers of 2–256 kB joined in a buffer",
	pool: { new: () => new Scratch() },
	open: (items) => serve(answerFrom(items, httpBodies())),
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

/** A server on loopback, under the load of a client in a process of its own. */
async function serve(handler: RequestListener): Promise<Session> {
	const server = createServer(handler).listen(0, "127.0.0.1");
	await once(server, "listening");
	const load = new HttpLoad(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	return {
		async verify() {
			const [first, second] = [await load.digest(), await load.digest()];
			if (first !== second) throw new Error("the same requests gave another result the second time");
			return second;
		},
		run: (milliseconds) => load.run(milliseconds),
		takeLatency: () => load.takeLatency(),
		async close() {
			load.stop();
			server.close();
			server.closeAllConnections();
			await once(server, "close");
		},
	};
}
