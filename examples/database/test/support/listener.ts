import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { HOST } from "./server.ts";

/** A server of one test, which does nothing of itself with its connections. */
export class Listener implements AsyncDisposable {
	readonly port: number;
	readonly sockets: readonly Socket[];
	readonly #close: () => void;

	private constructor(port: number, sockets: readonly Socket[], close: () => void) {
		this.port = port;
		this.sockets = sockets;
		this.#close = close;
	}

	/** @param serve - what becomes of each connection; it stays open at this end until the listener's own */
	static async start(serve: (socket: Socket) => void): Promise<Listener> {
		const sockets: Socket[] = [];
		const server = createServer({ allowHalfOpen: true }, (socket) => {
			sockets.push(socket.on("error", () => {}));
			serve(socket);
		}).listen(0, HOST);
		await once(server, "listening");
		const { port } = server.address() as { port: number };
		return new Listener(port, sockets, () => server.close());
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#close();
		for (const socket of this.sockets) socket.destroy();
	}
}
