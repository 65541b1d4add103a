import assert from "node:assert/strict";
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer as createSocketServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { buffer as readAll } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createGunzip, createGzip } from "node:zlib";
import { ByteBuffer } from "ebbpool/bytes";

function pattern(length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	for (let i = 0; i < length; i++) bytes[i] = i * 31 + (i >> 8);
	return bytes;
}

function holding(bytes: Uint8Array): ByteBuffer {
	const buffer = new ByteBuffer();
	buffer.write(bytes);
	return buffer;
}

function assertBytes(actual: Uint8Array, expected: Uint8Array): void {
	assert.equal(Buffer.compare(actual, expected), 0, `${actual.length} bytes against ${expected.length}`);
}

/** A server on loopback that lives as long as the test. */
async function serve(t: TestContext, handler: (request: IncomingMessage, response: ServerResponse) => void) {
	const server = createServer(handler);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

test("a file is read and written", async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "ebbpool-bytes-"));
	t.after(() => rmSync(folder, { recursive: true }));
	const path = join(folder, "file");
	const bytes = pattern(1_000_003);
	const buffer = holding(bytes);
	const file = createWriteStream(path);
	assert.equal(await buffer.writeTo(file), bytes.length);
	assert.equal(buffer.length, 0);
	assert.deepEqual(
		["error", "close", "drain"].map((event) => file.listenerCount(event)),
		[0, 0, 0],
	);
	await new Promise<void>((resolve) => file.end(resolve));
	assertBytes(readFileSync(path), bytes);
	assert.equal(await buffer.readFrom(createReadStream(path)), bytes.length);
	assertBytes(buffer.bytes(), bytes);
});

test("a Readable that decodes to strings is appended as the UTF-8 that it was", async () => {
	const bytes = new TextEncoder().encode("é€😀".repeat(1000));
	const source = Readable.from(
		Array.from(bytes, (byte) => Buffer.of(byte)),
		{ objectMode: false },
	);
	source.setEncoding("utf8");
	const buffer = new ByteBuffer();
	assert.equal(await buffer.readFrom(source), bytes.length);
	assertBytes(buffer.bytes(), bytes);
});

test("what goes through a compressor comes back the same", async () => {
	const bytes = pattern(300_000);
	const gzip = createGzip();
	const unpacked = new ByteBuffer();
	const reading = unpacked.readFrom(gzip.pipe(createGunzip()));
	await holding(bytes).writeTo(gzip);
	gzip.end();
	await reading;
	assertBytes(unpacked.bytes(), bytes);
});

test("a slow Writable gets one chunk at a time, and never one while it is full", async () => {
	let pending = 0;
	let most = 0;
	const chunks: Buffer[] = [];
	const sink = new Writable({
		highWaterMark: 16 * 1024,
		write(chunk, _encoding, done) {
			most = Math.max(most, ++pending);
			setTimeout(() => {
				pending--;
				chunks.push(Buffer.from(chunk));
				done();
			}, 2);
		},
	});
	const first = Buffer.alloc(20_000, 1);
	assert.equal(sink.write(first), false);
	const bytes = pattern(500_000);
	let queued = 0;
	const write = sink.write;
	sink.write = function (this: Writable, ...given: Parameters<Writable["write"]>) {
		queued = Math.max(queued, this.writableLength);
		return write.apply(this, given);
	} as Writable["write"];
	assert.equal(await holding(bytes).writeTo(sink), bytes.length);
	assert.equal(most, 1);
	assert.equal(queued, 0, "bytes that still waited in the sink when it was given the next chunk");
	assertBytes(Buffer.concat(chunks), Buffer.concat([first, bytes]));
});

test("when a Writable fails, its error rejects, the rest is held, and no error goes uncaught", async (t) => {
	const uncaught = t.mock.fn();
	process.on("uncaughtException", uncaught);
	t.after(() => process.off("uncaughtException", uncaught));
	for (const failAt of [0, 1, 2]) {
		const failure = new Error("disk full");
		const chunks: Buffer[] = [];
		const sink = new Writable({
			write(chunk, _encoding, done) {
				if (chunks.length === failAt) setImmediate(done, failure);
				else {
					chunks.push(Buffer.from(chunk));
					done();
				}
			},
		});
		const bytes = pattern(200_000);
		const buffer = holding(bytes);
		await assert.rejects(buffer.writeTo(sink), failure);
		assertBytes(Buffer.concat([...chunks, buffer.bytes()]), bytes);
		assert.equal(chunks.length, failAt);
		await delay(5);
	}
	assert.equal(uncaught.mock.callCount(), 0);
});

test("a Writable that is ended, destroyed, or closes meanwhile rejects; all is still held", async () => {
	const bytes = pattern(100_000);
	const ended = new PassThrough();
	ended.end();
	const destroyed = new PassThrough();
	destroyed.destroy();
	await delay(5);
	for (const sink of [ended, destroyed]) {
		const buffer = holding(bytes);
		await assert.rejects(buffer.writeTo(sink), { name: "Error" });
		assertBytes(buffer.bytes(), bytes);
	}
	const stuck = new Writable({ write: () => {} });
	const buffer = holding(bytes);
	const writing = buffer.writeTo(stuck);
	stuck.destroy();
	await assert.rejects(writing, { code: "ERR_POOL_HOOK" });
	assertBytes(buffer.bytes(), bytes);
});

test("an abort while a Writable hangs, or waits to drain, rejects; nothing is written afterwards", async () => {
	for (const full of [false, true]) {
		const finish: (() => void)[] = [];
		let written = 0;
		const sink = new Writable({
			highWaterMark: 100,
			write(chunk, _encoding, done) {
				written += chunk.length;
				finish.push(done);
			},
		});
		if (full) sink.write(Buffer.alloc(100));
		const bytes = pattern(300_000);
		const buffer = holding(bytes);
		const controller = new AbortController();
		const writing = buffer.writeTo(sink, { signal: controller.signal });
		await delay(2);
		controller.abort("enough");
		await assert.rejects(writing, (reason) => reason === "enough");
		assertBytes(buffer.bytes(), bytes);
		const before = written;
		finish.shift()?.();
		await delay(2);
		assert.equal(written, before);
		assert.equal(sink.destroyed, false);
		assert.equal(sink.listenerCount("error"), 0);
		assert.equal(sink.listenerCount("close"), 0);
	}
});

test("an abort while a Readable hangs destroys it", async () => {
	const source = new Readable({ read: () => {} });
	source.push("first");
	const buffer = new ByteBuffer();
	const controller = new AbortController();
	const reading = buffer.readFrom(source, { signal: controller.signal });
	await delay(2);
	controller.abort(new Error("enough"));
	await assert.rejects(reading, { message: "enough" });
	assert.equal(source.destroyed, true);
	assert.equal(buffer.toString(), "first");
});

test("the error of a Readable comes through; what came before it stays", async () => {
	async function* failing() {
		yield "before";
		throw new Error("lost");
	}
	const buffer = new ByteBuffer();
	await assert.rejects(buffer.readFrom(Readable.from(failing())), { message: "lost" });
	assert.equal(buffer.toString(), "before");
	const cut = new PassThrough();
	cut.write("more");
	const reading = buffer.readFrom(cut);
	await delay(2);
	cut.destroy();
	await assert.rejects(reading, { code: "ERR_STREAM_PREMATURE_CLOSE" });
	assert.equal(buffer.toString(), "beforemore");
});

test("an endless Readable stops at the limit and is destroyed", async () => {
	const source = new Readable({ read: () => void source.push(Buffer.alloc(1000)) });
	const buffer = new ByteBuffer();
	await assert.rejects(buffer.readFrom(source, { limit: 10_500 }), { code: "ERR_POOL_RANGE" });
	assert.equal(buffer.length, 10_000);
	assert.equal(source.destroyed, true);
});

test("a body that is too large can still be answered, with preventCancel", async (t) => {
	const port = await serve(t, async (incoming, response) => {
		const body = new ByteBuffer();
		await body.readFrom(incoming, { limit: 1000, preventCancel: true }).catch(() => {
			response.statusCode = 413;
		});
		response.setHeader("connection", "close");
		response.end();
	});
	for (const [length, status] of [
		[1000, 200],
		[1001, 413],
	]) {
		const answer = await fetch(`http://127.0.0.1:${port}`, {
			method: "POST",
			body: new Uint8Array(length ?? 0),
		});
		assert.equal(answer.status, status);
	}
});

test("an HTTP response carries all, and tells when its client has gone", async (t) => {
	const bytes = pattern(30_000_000);
	const outcomes: Promise<unknown>[] = [];
	const buffers: ByteBuffer[] = [];
	const port = await serve(t, (_request, response) => {
		const buffer = holding(bytes);
		buffers.push(buffer);
		const writing = buffer.writeTo(response);
		outcomes.push(writing.catch((error: unknown) => error));
		writing.then(
			() => response.end(),
			() => {},
		);
	});
	const whole = await fetch(`http://127.0.0.1:${port}`);
	assertBytes(new Uint8Array(await whole.arrayBuffer()), bytes);
	assert.equal(await outcomes[0], bytes.length);

	const leaving = request({ port, host: "127.0.0.1" }).end();
	leaving.on("error", () => {});
	leaving.once("response", () => leaving.destroy());
	while (outcomes.length < 2) await delay(2);
	assert.ok((await outcomes[1]) instanceof Error);
	const left = buffers[1] as ByteBuffer;
	assert.ok(left.length > 0);
	assertBytes(left.bytes(), bytes.subarray(bytes.length - left.length));
});

test("a socket is fed at the reader's pace", async (t) => {
	const server = createSocketServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const accepted = new Promise<Readable>((resolve) => server.once("connection", resolve));
	const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
	t.after(() => {
		socket.destroy();
		server.close();
	});
	const bytes = pattern(20_000_000);
	const buffer = holding(bytes);
	let over = false;
	const writing = buffer.writeTo(socket).then(() => {
		over = true;
	});
	const reader = await accepted;
	await delay(50);
	assert.equal(over, false, "nobody has read yet");
	assert.ok(socket.writableLength <= 64 * 1024, `${socket.writableLength} bytes wait in the socket`);
	const reading = readAll(reader);
	await writing;
	socket.end();
	assertBytes(await reading, bytes);
});
