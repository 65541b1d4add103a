import { once } from "node:events";
import http2, { type Http2ServerResponse, type ServerHttp2Session } from "node:http2";
import { type AddressInfo, connect, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { assert } from "chai";
import { whenSent } from "ebbpool/http";
import { untilWithin } from "../contract/support/things.ts";

/** More than the buffers of the operating system take in. */
const LENGTH = 16 * 1024 * 1024;
const POISON = 0xee;
/** More than pings and headers have of it by chance. */
const POISONED = Buffer.alloc(64, POISON);

const until = untilWithin(20_000);

async function serve(t: TestContext, answer: (response: Http2ServerResponse) => void): Promise<number> {
	const server = http2.createServer((_request, response) => {
		response.stream.on("error", () => {});
		answer(response);
	});
	const sessions: ServerHttp2Session[] = [];
	server.on("session", (session) => sessions.push(session));
	server.on("sessionError", () => {});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	t.after(() => {
		for (const session of sessions) session.destroy();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

/** A client's session whose bytes can be seen and held up. */
async function client(t: TestContext, port: number) {
	const socket: Socket = connect(port, "127.0.0.1").on("error", () => {});
	await once(socket, "connect");
	const seen = { poisoned: 0, all: 0 };
	const wire = new Duplex({
		read() {},
		write: (chunk, _encoding, done) => void socket.write(chunk, () => done()),
	});
	socket.on("data", (chunk: Buffer) => {
		seen.all += chunk.length;
		if (chunk.includes(POISONED)) seen.poisoned++;
		wire.push(chunk);
	});
	socket.on("close", () => wire.push(null));
	const settings = { initialWindowSize: 2 ** 31 - 1 };
	const session = http2.connect("http://x", { createConnection: () => wire, settings });
	session.on("error", () => {});
	await once(session, "remoteSettings");
	session.setLocalWindowSize(2 ** 31 - 1);
	t.after(() => {
		session.destroy();
		socket.destroy();
	});
	return { session, socket, seen };
}

const ENDS: Record<string, (response: Http2ServerResponse, session: ServerHttp2Session) => void> = {
	"its stream is destroyed": ({ stream }) => stream.destroy(),
	"the response is destroyed": (response) => (response as unknown as { destroy(): void }).destroy(),
	"its stream is cancelled": ({ stream }) => stream.close(http2.constants.NGHTTP2_CANCEL),
	"its session is destroyed": (_response, session) => session.destroy(),
	"its session is closed, and the stream destroyed": ({ stream }, session) => {
		session.close();
		stream.destroy();
	},
	"its stream is destroyed, and the session after it": ({ stream }, session) => {
		stream.destroy();
		setImmediate(() => session.destroy());
	},
};

describe("whenSent with HTTP/2", () => {
	for (const [name, end] of Object.entries(ENDS)) {
		test(`is not told while the client may still be sent what it was made of: ${name}`, async (t) => {
			const body = Buffer.alloc(LENGTH, "x");
			let response: Http2ServerResponse | undefined;
			let calls = 0;
			const port = await serve(t, (answered) => {
				response = answered;
				whenSent(answered, () => {
					calls++;
					body.fill(POISON);
				});
				answered.end(body);
			});
			const { session, socket, seen } = await client(t, port);
			const request = session.request({ ":path": "/" });
			request.on("error", () => {}).resume();
			await once(request, "response");
			socket.pause();
			await delay(50);
			assert.exists(response);
			end(response as Http2ServerResponse, response?.stream.session as ServerHttp2Session);
			await delay(50);
			socket.resume();
			await until(() => calls === 1);
			// What was on its way.
			for (let all = -1; all !== seen.all; await delay(20)) all = seen.all;
			assert.strictEqual(seen.poisoned, 0);
			assert.strictEqual(calls, 1);
		});
	}

	test("is told of each of many streams that are destroyed at once, while their session goes on", async (t) => {
		let asked = 0;
		let calls = 0;
		const port = await serve(t, (response) => {
			asked++;
			whenSent(response, () => void calls++);
			response.write("x");
			setImmediate(() => response.stream.destroy());
		});
		const { session } = await client(t, port);
		for (let i = 0; i < 50; i++) {
			session
				.request({ ":path": `/${i}` })
				.on("error", () => {})
				.resume();
			if (i % 10 === 0) await delay(1);
		}
		await until(() => asked === 50 && calls === 50);
		assert.isFalse(session.destroyed);
	});

	test("is told where the stream was destroyed before, and where a client goes away", async (t) => {
		let calls = 0;
		let asked = 0;
		const port = await serve(t, (response) => {
			asked++;
			const isEarly = response.req.url === "/early";
			if (isEarly) response.stream.destroy();
			whenSent(response, () => void calls++);
			if (!isEarly) response.write("x");
		});
		const { session, socket } = await client(t, port);
		session
			.request({ ":path": "/early" })
			.on("error", () => {})
			.resume();
		await until(() => calls === 1);
		for (let i = 0; i < 5; i++)
			session
				.request({ ":path": "/never-ended" })
				.on("error", () => {})
				.resume();
		await until(() => asked === 6);
		socket.destroy();
		await until(() => calls === 6);
	});
});
