interface Socket {
	on(event: string, listener: () => void): unknown;
	once(event: string, listener: () => void): unknown;
	write(text: string): unknown;
	destroy(): unknown;
}

interface Net {
	createServer(connected: (socket: Socket) => void): {
		listen(port: number, host: string, listener: () => void): unknown;
		address(): { port: number };
		close(): unknown;
	};
	connect(port: number, host: string): Socket;
}

const host = globalThis as { process?: { versions?: { node?: string } }; navigator?: { userAgent?: string } };

/** Whether there are sockets: on Node, Bun and Deno. */
export const hasSockets =
	host.process?.versions?.node !== undefined && host.navigator?.userAgent !== "Cloudflare-Workers";

/** Input that is there, and that the event loop has not read yet. */
interface Input {
	/** Resolves when it is read. */
	readonly read: Promise<void>;
}

/**
 * Runs `work` with what brings input. It resolves where sockets are served: timers that are due come next, and only then
 * what is to be read.
 */
export async function withInput(work: (bring: () => Promise<Input>) => Promise<void>): Promise<void> {
	// In a variable, so that no bundler looks for it.
	const name = "node:net";
	const net = (await import(name)) as Net;
	const sockets: Socket[] = [];
	const known = (socket: Socket): Socket => {
		sockets.push(socket);
		socket.on("error", () => {});
		return socket;
	};
	const happens = (socket: Socket, event: string) =>
		new Promise<void>((resolve) => void socket.once(event, resolve));
	let connected: (socket: Socket) => void = () => {};
	const server = net.createServer((socket) => connected(known(socket)));
	await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
	const connect = () => known(net.connect(server.address().port, "127.0.0.1"));
	const bring = async (): Promise<Input> => {
		const accepted = new Promise<Socket>((resolve) => {
			connected = resolve;
		});
		const reader = connect();
		const writer = await accepted;
		const read = happens(reader, "data");
		await happens(connect(), "connect");
		writer.write("x");
		return { read };
	};
	try {
		await work(bring);
	} finally {
		for (const socket of sockets) socket.destroy();
		server.close();
	}
}

/** Holds up the event loop for so many milliseconds, and a little longer in a timer of its own. */
export function stall(ms: number): void {
	const wait = (some: number) => {
		const end = Date.now() + some;
		while (Date.now() < end);
	};
	setTimeout(() => wait(5), ms / 2);
	wait(ms);
}
