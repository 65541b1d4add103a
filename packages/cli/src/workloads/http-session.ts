import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpLoad } from "./http-load.ts";
import type { Session } from "./session.ts";
import type { OpenOptions } from "./workload.ts";

/** Connections that the client keeps open unless told, with one request at a time on each. */
export const CONNECTIONS = 32;

/** A server on loopback, asked for these paths by a client in a process of its own. */
export async function serve(
	server: Server,
	requests: readonly string[],
	{ concurrency = CONNECTIONS }: OpenOptions,
): Promise<Session> {
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const load = new HttpLoad(origin, concurrency, requests);
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
