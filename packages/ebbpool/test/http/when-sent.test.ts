import { EventEmitter, once } from "node:events";
import http from "node:http";
import http2 from "node:http2";
import { type AddressInfo, connect, type Socket } from "node:net";
import { buffer as readAll } from "node:stream/consumers";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { assert } from "chai";
import { PoolError } from "ebbpool";
import { BufferPool } from "ebbpool/bytes";
import { send, whenSent } from "ebbpool/http";
import { untilWithin } from "../contract/support/things.ts";
import { out, poisonedBuffers } from "./support/bodies.ts";

/** Polls until it is so. */
const until = untilWithin(20_000);

/** A server on loopback that lives as long as the test. */
async function serve(t: TestContext, handler: http.RequestListener): Promise<number> {
	const server = http.createServer(handler).listen(0, "127.0.0.1");
	await once(server, "listening");
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

/** Keeps uncaught errors from the test runner, which would fail. */
function catchUncaught(t: TestContext): unknown[] {
	const uncaught: unknown[] = [];
	process.setUncaughtExceptionCaptureCallback((error) => uncaught.push(error));
	t.after(() => process.setUncaughtExceptionCaptureCallback(null));
	return uncaught;
}

async function open(port: number): Promise<Socket> {
	const socket = connect(port, "127.0.0.1").on("error", () => {});
	await once(socket, "connect");
	return socket;
}

const get = (path: string, method = "GET") => `${method} ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;

describe("whenSent", () => {
	test("calls once, not before the last byte is with the system, and not in the same job", async (t) => {
		let calls = 0;
		let inJob = true;
		const port = await serve(t, (_request, response) => {
			whenSent(response, () => {
				calls++;
				assert.isTrue(response.writableFinished);
				assert.isFalse(inJob);
			});
			response.end("x".repeat(100_000));
			inJob = false;
		});
		for (let i = 1; i <= 3; i++) {
			inJob = true;
			assert.lengthOf(await (await fetch(`http://127.0.0.1:${port}`)).text(), 100_000);
			await until(() => calls === i);
		}
		await delay(10);
		assert.strictEqual(calls, 3);
	});

	test("waits for a client that does not read", async (t) => {
		let calls = 0;
		const port = await serve(t, (_request, response) => {
			whenSent(response, () => void calls++);
			response.end(Buffer.alloc(32 * 1024 * 1024));
		});
		const socket = await open(port);
		socket.pause();
		socket.write(get("/"));
		await delay(100);
		assert.strictEqual(calls, 0);
		socket.resume();
		await until(() => calls === 1);
		socket.destroy();
	});

	test("calls for each of many pipelined answers when their client goes away, whoever's turn it was", async (t) => {
		let calls = 0;
		let asked = 0;
		const port = await serve(t, (_request, response) => {
			asked++;
			whenSent(response, () => void calls++);
			response.end(Buffer.alloc(256 * 1024));
		});
		const socket = await open(port);
		socket.pause();
		for (let i = 0; i < 30; i++) socket.write(get(`/${i}`));
		// Node stops reading requests when enough answers wait.
		await until(() => asked >= 2);
		await delay(50);
		assert.isBelow(calls, asked);
		socket.destroy();
		await until(() => calls === asked);
		await delay(10);
		assert.strictEqual(calls, asked);
	});

	test("adds one listener a connection, and leaves none on a response", async (t) => {
		const warnings: unknown[] = [];
		process.on("warning", (warning) => warnings.push(warning));
		const responses: http.ServerResponse[] = [];
		let before = 0;
		let own = 0;
		const port = await serve(t, (request, response) => {
			before ||= request.socket.listenerCount("close");
			own = response.listenerCount("finish");
			for (let i = 0; i < 5; i++) whenSent(response, () => {});
			responses.push(response);
			response.end("x");
			assert.strictEqual(request.socket.listenerCount("close"), before + 1);
		});
		const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
		for (let i = 0; i < 30; i++) {
			const request = http.get({ agent, host: "127.0.0.1", port });
			const [response] = (await once(request, "response")) as [http.IncomingMessage];
			await readAll(response);
		}
		agent.destroy();
		await until(() => responses.every((response) => response.listenerCount("finish") <= own));
		assert.deepEqual(warnings, []);
	});

	test("calls though nothing was ever sent: gone before, destroyed before or after, never ended", async (t) => {
		const calls: string[] = [];
		const port = await serve(t, async (request, response) => {
			const kind = String(request.url);
			if (kind === "/gone") await once(request.socket, "close");
			if (kind === "/destroyed-before") response.destroy();
			if (kind === "/long-destroyed") {
				response.destroy();
				await delay(20);
			}
			whenSent(response, () => calls.push(kind));
			assert.notInclude(calls, kind, "never in the same job");
			if (kind === "/destroyed-after") response.destroy();
			if (kind !== "/never-ended") response.end("late");
		});
		const kinds = ["/gone", "/destroyed-before", "/long-destroyed", "/destroyed-after", "/never-ended"];
		for (const kind of kinds) {
			const socket = await open(port);
			socket.write(get(kind));
			await delay(20);
			socket.destroy();
			await until(() => calls.includes(kind));
		}
		await delay(20);
		assert.sameMembers(calls, kinds);
	});

	test("calls after HEAD, and for a response that was finished before", async (t) => {
		let calls = 0;
		const port = await serve(t, (request, response) => {
			whenSent(response, () => void calls++);
			response.end("body");
			response.once("close", () => whenSent(response, () => void calls++));
			assert.isString(request.method);
		});
		for (const method of ["HEAD", "GET"]) {
			const before = calls;
			await (await fetch(`http://127.0.0.1:${port}`, { method })).text();
			await until(() => calls === before + 2);
		}
	});

	test("what done throws goes where uncaught errors go; all others are called", async (t) => {
		const uncaught = catchUncaught(t);
		const failure = new Error("done failed");
		let calls = 0;
		let closed = 0;
		const port = await serve(t, (_request, response) => {
			whenSent(response, () => {
				throw failure;
			});
			whenSent(response, () => void calls++);
			response.on("close", () => void closed++);
			response.end("x");
		});
		await (await fetch(`http://127.0.0.1:${port}`)).text();
		await until(() => calls === 1 && closed === 1 && uncaught.length === 1);
		assert.strictEqual(uncaught[0], failure);
	});

	test("is told also where a response refuses to let go of a listener", async (t) => {
		const uncaught = catchUncaught(t);
		const failure = new Error("off");
		const response = Object.assign(new EventEmitter(), {
			off() {
				throw failure;
			},
		});
		let calls = 0;
		whenSent(response as never, () => calls++);
		response.emit("finish");
		response.emit("close");
		assert.strictEqual(calls, 1);
		await until(() => uncaught.length === 1);
		assert.strictEqual(uncaught[0], failure);
	});

	test("refuses what is no response or no function, and calls nothing", () => {
		const done = () => assert.fail("called");
		for (const wrong of [undefined, null, 1, "x", {}, { once: () => {} }]) {
			assert.throws(() => whenSent(wrong as never, done), PoolError, /whenSent/);
		}
		for (const wrong of [undefined, null, {}]) {
			assert.throws(() => whenSent(new EventEmitter() as never, wrong as never), PoolError, /whenSent: done/);
		}
	});

	test("with HTTP/2 calls when all is sent, though the client goes on sending; and when a stream is reset", async (t) => {
		let calls = 0;
		const server = http2.createServer((_request, response) => {
			whenSent(response, () => void calls++);
			response.end("x".repeat(10));
		});
		server.on("stream", (stream, headers) => {
			if (headers[":path"] === "/stream") {
				whenSent(stream, () => void calls++);
			}
		});
		server.listen(0, "127.0.0.1");
		await once(server, "listening");
		const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
		t.after(() => {
			session.destroy();
			server.close();
		});
		const uploading = session.request({ ":path": "/upload", ":method": "POST" }, { endStream: false });
		uploading.on("error", () => {}).resume();
		await until(() => calls === 1);
		assert.isFalse(uploading.closed);
		uploading.close();
		const head = session.request({ ":path": "/head", ":method": "HEAD" });
		head.resume();
		await until(() => calls === 2);
		session.request({ ":path": "/stream" }).resume();
		await until(() => calls === 4);
	});
});

describe("send", () => {
	test("ends the response with the buffer's bytes and puts it back once", async (t) => {
		const buffers = poisonedBuffers();
		const arrays = new BufferPool({ stats: true });
		const port = await serve(t, (request, response) => {
			if (request.url === "/array") return send(response, arrays.get(100).fill(0x78), arrays);
			const buffer = buffers.get();
			buffer.writeString(`answer to ${request.url}`);
			send(response, buffer, buffers);
		});
		const socket = await open(port);
		for (let i = 0; i < 20; i++) socket.write(get(`/${i}`));
		let text = "";
		socket.on("data", (chunk) => {
			text += chunk;
		});
		await until(() => text.split("answer to ").length === 21);
		for (let i = 0; i < 20; i++) assert.include(text, `answer to /${i}`);
		await until(() => out(buffers.stats()) === 0);
		socket.destroy();
		const answer = await (await fetch(`http://127.0.0.1:${port}/array`)).text();
		assert.strictEqual(answer, "x".repeat(112));
		await until(() => arrays.stats().out === 0);
	});

	test("what `end` throws comes through, and the buffer goes back when the response is over", async (t) => {
		const buffers = poisonedBuffers();
		const failure = new Error("a plugin's");
		const port = await serve(t, (_request, response) => {
			const { end } = response;
			response.end = () => {
				throw failure;
			};
			const buffer = buffers.get();
			buffer.writeString("never sent");
			assert.throws(() => send(response, buffer, buffers), failure.message);
			assert.strictEqual(out(buffers.stats()), 1);
			response.end = end;
			response.statusCode = 500;
			response.end();
		});
		assert.strictEqual((await fetch(`http://127.0.0.1:${port}`)).status, 500);
		await until(() => out(buffers.stats()) === 0);
	});

	test("a reset hook that throws goes where uncaught errors go", async (t) => {
		const uncaught = catchUncaught(t);
		const failure = new Error("hook");
		const port = await serve(t, (_request, response) => {
			send(response, new Uint8Array(10), {
				put() {
					throw failure;
				},
			});
		});
		assert.lengthOf(await (await fetch(`http://127.0.0.1:${port}`)).text(), 10);
		await until(() => uncaught.length === 1);
		assert.strictEqual(uncaught[0], failure);
	});

	test("refuses what is no response, buffer or pool, and takes nothing", () => {
		const put = () => assert.fail("put");
		const response = Object.assign(new EventEmitter(), { end: () => assert.fail("ended") });
		assert.throws(() => send({} as never, new Uint8Array(1), { put }), PoolError, /send: response\.end/);
		assert.throws(() => send(response, new Uint8Array(1), {} as never), PoolError, /send: pool\.put/);
		assert.throws(() => send(response, "text" as never, { put }), PoolError, /send: buffer/);
	});
});
