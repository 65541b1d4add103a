import { once } from "node:events";
import * as fs from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duplex, PassThrough, Transform, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createGunzip, createGzip } from "node:zlib";
import { assert } from "chai";
import { Pool } from "ebbpool";
import { ByteBuffer, retain } from "ebbpool/bytes";

function folder(t: TestContext): string {
	const path = fs.mkdtempSync(join(tmpdir(), "ebbpool-sinks-"));
	t.after(() => fs.rmSync(path, { recursive: true }));
	return path;
}

const MESSAGES = Array.from({ length: 20 }, (_, i) => `message number ${i}\n`);

/** Writes messages from pooled buffers, each of which is used again as soon as `writeTo` is over. */
async function writeMessages(sink: Parameters<ByteBuffer["writeTo"]>[0]): Promise<void> {
	const buffers = new Pool({ new: () => new ByteBuffer(64), ...retain.upTo(65_536) });
	for (const message of MESSAGES) {
		await buffers.use(async (buffer) => {
			buffer.writeString(message);
			await buffer.writeTo(sink);
		});
	}
	assert.strictEqual(buffers.stats().misses, 1);
}

describe("sinks that have accepted a chunk and read it later get what was written", () => {
	test("a file by way of Writable.toWeb", async (t) => {
		const path = join(folder(t), "file");
		const file = fs.createWriteStream(path);
		const sink = Writable.toWeb(file);
		await writeMessages(sink);
		await sink.close();
		if (!file.closed) await once(file, "close");
		assert.strictEqual(fs.readFileSync(path, "utf8"), MESSAGES.join(""));
	});

	test("Duplex.from an async function", async () => {
		let received = "";
		const sink = Duplex.from(async (source: AsyncIterable<Buffer>) => {
			for await (const chunk of source) {
				await delay(1);
				received += Buffer.from(chunk).toString();
			}
		}) as unknown as Writable;
		await writeMessages(sink);
		sink.end();
		await once(sink, "close");
		assert.strictEqual(received, MESSAGES.join(""));
	});

	const transforms: Record<string, () => Duplex> = {
		PassThrough: () => new PassThrough(),
		"a Transform that passes on": () => new Transform({ transform: (chunk, _, done) => done(null, chunk) }),
		"a Writable that collects": () => {
			const chunks: Buffer[] = [];
			return new Duplex({
				write(chunk, _encoding, done) {
					chunks.push(chunk);
					done();
				},
				final(done) {
					for (const chunk of chunks) this.push(chunk);
					this.push(null);
					done();
				},
				read() {},
			});
		},
		"a compressor": () => {
			const gzip = createGzip();
			return Duplex.from({ writable: gzip, readable: gzip.pipe(createGunzip()) });
		},
	};
	for (const [name, make] of Object.entries(transforms)) {
		test(name, async () => {
			const sink = make();
			const writing = writeMessages(sink);
			await delay(5);
			const reading = text(sink);
			await writing;
			sink.end();
			assert.strictEqual(await reading, MESSAGES.join(""));
		});
	}

	test("a socket whose methods were replaced by somebody's", async (t) => {
		const server = createServer((_request, response) => {
			const queue: Buffer[] = [];
			response.write = ((chunk: Buffer, done: () => void) => {
				queue.push(chunk);
				done();
				return true;
			}) as typeof response.write;
			writeMessages(response).then(() => response.end(Buffer.concat(queue)));
		}).listen(0, "127.0.0.1");
		t.after(() => server.close());
		await once(server, "listening");
		const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
		assert.strictEqual(await answer.text(), MESSAGES.join(""));
	});
});

test("with copy: false a file gets the storage itself", async (t) => {
	const seen: unknown[] = [];
	const file = fs.createWriteStream(join(folder(t), "file"), {
		fs: {
			...fs,
			write: ((...given: Parameters<typeof fs.write>) => {
				seen.push((given[1] as unknown as Uint8Array).buffer);
				fs.write(...given);
			}) as typeof fs.write,
		},
	});
	const buffer = new ByteBuffer();
	buffer.writeString("x".repeat(1000));
	const { buffer: storage } = buffer.bytes();
	await buffer.writeTo(file, { copy: false });
	file.end();
	await once(file, "close");
	assert.deepEqual(seen, [storage]);
});

describe("after a failed writeTo no listener stays", () => {
	const EVENTS = ["error", "close", "drain", "finish"];

	/** Makes `writeTo` fail, and waits until nothing of it is left. */
	async function failsAndForgets(t: TestContext, sink: Writable, options = {}): Promise<void> {
		const uncaught = t.mock.fn();
		process.on("uncaughtException", uncaught);
		const listeners = () => EVENTS.map((event) => sink.listenerCount(event)).join();
		const before = listeners();
		const buffer = new ByteBuffer();
		buffer.writeString("x".repeat(100_000));
		const failed = await buffer.writeTo(sink, options).then(
			() => false,
			() => true,
		);
		assert.isTrue(failed);
		assert.isAbove(buffer.length, 0);
		const deadline = Date.now() + 10_000;
		while (listeners() !== before && Date.now() < deadline) await delay(1);
		assert.strictEqual(listeners(), before);
		await delay(5);
		process.off("uncaughtException", uncaught);
		assert.strictEqual(uncaught.mock.callCount(), 0);
	}

	test("on a Writable whose write fails, at once or later", async (t) => {
		for (const fail of [setImmediate, queueMicrotask, (go: () => void) => go()]) {
			for (const autoDestroy of [true, false]) {
				const sink = new Writable({
					autoDestroy,
					write: (_chunk, _encoding, done) => void fail(() => done(new Error("full"))),
				});
				await failsAndForgets(t, sink);
			}
		}
	});

	test("on one that takes its time to be destroyed", async (t) => {
		const sink = new Writable({
			write: (_chunk, _encoding, done) => done(new Error("full")),
			destroy: (error, done) => void setTimeout(done, 20, error),
		});
		await failsAndForgets(t, sink);
	});

	test("on a file that cannot be written", async (t) => {
		const path = join(folder(t), "file");
		fs.writeFileSync(path, "");
		await failsAndForgets(t, fs.createWriteStream(path, { fd: fs.openSync(path, "r") }));
	});

	test("on one that was ended, destroyed or closed before", async (t) => {
		const ended = new PassThrough();
		ended.end();
		const destroyed = new PassThrough().destroy();
		const closed = new PassThrough().destroy();
		await delay(2);
		for (const sink of [ended, destroyed, closed]) await failsAndForgets(t, sink);
	});

	test("on one that is destroyed meanwhile", async (t) => {
		for (const error of [undefined, new Error("broken")]) {
			const sink = new Writable({ write: () => {} });
			setTimeout(() => sink.destroy(error), 2);
			await failsAndForgets(t, sink);
		}
	});

	test("on one that hangs, or waits to drain, when the signal aborts", async (t) => {
		for (const full of [false, true]) {
			const sink = new Writable({ highWaterMark: 10, write: () => {} });
			if (full) sink.write(Buffer.alloc(10));
			const controller = new AbortController();
			setTimeout(() => controller.abort(), 3);
			await failsAndForgets(t, sink, { signal: controller.signal });
		}
	});

	test("on a socket whose other side is gone", async (t) => {
		const server = createServer().listen(0, "127.0.0.1");
		t.after(() => server.close());
		await once(server, "listening");
		const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
		await once(socket, "connect");
		socket.end();
		await failsAndForgets(t, socket);
		socket.destroy();
	});
});
