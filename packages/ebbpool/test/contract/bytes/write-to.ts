import { assert } from "chai";
import { ByteBuffer, type ByteSink, type StorageSource } from "ebbpool/bytes";
import { expectCode, expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { collecting, holding, settled } from "./byte-streams.ts";

export const bytesWriteTo: Suite = {
	name: "ByteBuffer.writeTo",
	cases: [
		{
			name: "writeTo writes all in order, waits for the sink, and leaves it open and the storage in place",
			async run() {
				const { sink, bytes } = collecting();
				const buffer = holding(300_000);
				buffer.next(1000);
				const expected = buffer.bytes().slice();
				const { capacity, highWater } = buffer;
				assert.strictEqual(await buffer.writeTo(sink), 299_000);
				assert.deepEqual(bytes(), expected);
				assert.deepEqual([buffer.length, buffer.capacity], [0, capacity]);
				assert.strictEqual(buffer.highWater, highWater);
				assert.isFalse(sink.locked);
				assert.strictEqual(await buffer.writeTo(sink), 0);
				buffer.writeString("more");
				assert.strictEqual(await buffer.writeTo(sink), 4);
				assert.strictEqual(bytes().length, 299_004);
				await sink.close();
			},
		},
		{
			name: "writeTo keeps to the sink's pace: never more than one chunk on its way",
			async run() {
				let pending = 0;
				let most = 0;
				const sink = new WritableStream<Uint8Array>({
					async write() {
						most = Math.max(most, ++pending);
						await settled();
						pending--;
					},
				});
				await holding(400_000).writeTo(sink);
				assert.strictEqual(most, 1);
			},
		},
		{
			name: "after a failure what the sink did not confirm is still there, in storage that the sink does not see",
			async run() {
				for (const [failAt, copy] of [0, 1, 3].flatMap((at) => [[at, true] as const, [at, false] as const])) {
					const failure = new Error("disk full");
					const { sink, bytes } = collecting(failAt, failure);
					const buffer = holding(300_000);
					const all = buffer.bytes().slice();
					const storage = buffer.bytes().buffer;
					assert.strictEqual(await rejectionOf(buffer.writeTo(sink, { copy })), failure);
					const written = bytes().length;
					assert.deepEqual(bytes(), all.subarray(0, written));
					assert.isTrue(failAt === 0 ? written === 0 : written > 0 && written < all.length);
					assert.deepEqual(buffer.bytes(), all.subarray(written));
					assert.strictEqual(buffer.bytes().buffer === storage, copy);
					assert.strictEqual(buffer.highWater, 300_000);
					const second = collecting();
					assert.strictEqual(await buffer.writeTo(second.sink), all.length - written);
					assert.deepEqual(second.bytes(), all.subarray(written));
				}
			},
		},
		{
			name: "an abort ends a write that hangs at once; the bytes are still there",
			async run() {
				const controller = new AbortController();
				let finish: () => void = () => {};
				const chunks: Uint8Array[] = [];
				const sink = new WritableStream<Uint8Array>({
					write(chunk) {
						chunks.push(chunk);
						return new Promise<void>((resolve) => {
							finish = resolve;
						});
					},
				});
				const buffer = holding(100_000);
				const all = buffer.bytes().slice();
				const writing = buffer.writeTo(sink, { signal: controller.signal, copy: false });
				await settled();
				finish();
				await settled();
				controller.abort("too slow");
				assert.strictEqual(await rejectionOf(writing), "too slow");
				const [first, inFlight] = chunks as [Uint8Array, Uint8Array];
				assert.deepEqual(buffer.bytes(), all.subarray(first.length));
				buffer.bytes().fill(0xff);
				assert.deepEqual(inFlight, all.subarray(first.length), "the sink's chunk is not touched");
				finish();
				await settled();
				assert.strictEqual(buffer.length, 100_000 - first.length);
				assert.isFalse(sink.locked);
			},
		},
		{
			name: "while writeTo is under way the buffer looks empty, and whatever would modify it throws",
			async run() {
				const { sink, bytes } = collecting();
				const buffer = holding(1000);
				const writing = buffer.writeTo(sink);
				assert.deepEqual([buffer.length, buffer.capacity, buffer.available], [0, 0, 0]);
				assert.strictEqual(buffer.highWater, 1000);
				assert.strictEqual(buffer.toString(), "");
				const modifications: (() => unknown)[] = [
					() => buffer.writeByte(1),
					() => buffer.write(new Uint8Array(1)),
					() => buffer.writeString("x"),
					() => buffer.writeUvarint(1),
					() => buffer.readByte(),
					() => buffer.readUvarint(),
					() => buffer.readString(1),
					() => buffer.truncate(0),
					() => buffer.reset(),
					() => buffer.grow(1),
					() => buffer.shrink(),
					() => buffer.release(),
					() => buffer[Symbol.dispose](),
				];
				for (const modify of modifications) expectCode("ERR_POOL_NOT_HELD", modify);
				expectPoolError(await rejectionOf(buffer.writeTo(sink)), "ERR_POOL_NOT_HELD");
				expectPoolError(await rejectionOf(buffer.readFrom(["x"])), "ERR_POOL_NOT_HELD");
				assert.strictEqual(await writing, 1000);
				assert.strictEqual(bytes().length, 1000);
				buffer.writeByte(1);
			},
		},
		{
			name: "sinks that read a chunk after they have accepted it get what was written, though the buffer is used again at once",
			async run() {
				const identity = () => new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 100 });
				const streams: Record<string, () => TransformStream<Uint8Array, Uint8Array>> = { identity };
				if (typeof CompressionStream === "function") {
					streams["compression"] = () => {
						const { readable, writable } = new CompressionStream("gzip");
						const unpacked = readable.pipeThrough(new DecompressionStream("gzip"));
						return { readable: unpacked, writable } as TransformStream<Uint8Array, Uint8Array>;
					};
				}
				for (const [name, make] of Object.entries(streams)) {
					const { readable, writable } = make();
					const buffer = new ByteBuffer();
					const writing = (async () => {
						for (let i = 0; i < 5; i++) {
							buffer.writeString(`message ${i}\n`);
							await buffer.writeTo(writable);
							buffer.writeString("x".repeat(20));
							buffer.reset();
						}
						await writable.close();
					})();
					await settled();
					const received = new ByteBuffer();
					await received.readFrom(readable);
					await writing;
					assert.strictEqual(
						received.toString(),
						"message 0\nmessage 1\nmessage 2\nmessage 3\nmessage 4\n",
						name,
					);
				}
			},
		},
		{
			name: "with copy: false the sink sees the storage itself",
			async run() {
				const buffer = holding(100);
				const storage = buffer.bytes().buffer;
				const seen: unknown[] = [];
				const sink = new WritableStream<Uint8Array>({ write: (chunk) => void seen.push(chunk.buffer) });
				await buffer.writeTo(sink, { copy: false });
				buffer.write(new Uint8Array(10));
				await buffer.writeTo(sink, { copy: true });
				assert.strictEqual(seen[0], storage);
				assert.notStrictEqual(seen[1], storage);
			},
		},
		{
			name: "another ByteBuffer is a sink and a source: all of it moves, and the storage of both stays",
			async run() {
				const first = holding(200_000);
				const all = first.bytes().slice();
				const second = new ByteBuffer();
				second.writeString("before");
				assert.strictEqual(await first.writeTo(second), 200_000);
				assert.deepEqual([first.length, second.length], [0, 200_006]);
				second.next(6);
				assert.deepEqual(second.bytes(), all);
				assert.strictEqual(await first.readFrom(second), 200_000);
				assert.deepEqual([first.length, second.length], [200_000, 0]);
				assert.deepEqual(first.bytes(), all);
				expectPoolError(await rejectionOf(second.readFrom(first, { limit: 10 })), "ERR_POOL_RANGE");
				assert.deepEqual([first.length, second.length], [200_000, 0], "what was not taken is still there");
				expectPoolError(await rejectionOf(first.writeTo(first)), "ERR_POOL_ARGUMENT");
				expectPoolError(await rejectionOf(first.readFrom(first)), "ERR_POOL_ARGUMENT");
				assert.strictEqual(second.write(first), 200_000);
				assert.deepEqual([first.length, second.length], [200_000, 200_000], "write copies");
			},
		},
		{
			name: "whatever a broken sink throws, its first error comes through and the buffer is its owner's again",
			async run() {
				const own = new Error("the sink's own");
				const fail = () => {
					throw own;
				};
				const no = () => {
					throw new Error("releasing");
				};
				const ready = Promise.resolve();
				const sinks: Record<string, () => ByteSink> = {
					"getWriter throws": () => ({ getWriter: fail }),
					"write rejects": () => ({
						getWriter: () => ({ ready, write: () => Promise.reject(own), releaseLock: no }),
					}),
					"write throws": () => ({ getWriter: () => ({ ready, write: fail, releaseLock: no }) }),
					"ready rejects": () => ({
						getWriter: () => ({ ready: Promise.reject(own), write: async () => {}, releaseLock: no }),
					}),
					"on throws": () => ({ on: fail, once: () => {}, write: () => {} }),
					"Writable's write throws": () => ({ on: () => {}, once: () => {}, write: fail }),
					"calls back with an error, off throws": () => ({
						on: () => {},
						once: () => {},
						off: no,
						write: (_, done) => done(own),
					}),
				};
				for (const [name, make] of Object.entries(sinks)) {
					for (const copy of [undefined, false]) {
						const buffer = holding(100);
						assert.strictEqual(await rejectionOf(buffer.writeTo(make(), { copy })), own, name);
						assert.strictEqual(buffer.length, 100, name);
						buffer.reset();
						buffer.writeString("its owner's");
						assert.strictEqual(buffer.toString(), "its owner's");
					}
				}
				const old: ByteSink = { on: () => {}, once: () => {}, write: (_, done) => done() };
				const stubborn = { getWriter: () => ({ ready, write: async () => {}, releaseLock: no }) };
				for (const sink of [old, stubborn]) assert.strictEqual(await holding(9).writeTo(sink), 9);
			},
		},
		{
			name: "a stream that is closed already is ERR_POOL_HOOK, and all is still held",
			async run() {
				const { sink } = collecting();
				await sink.close();
				const buffer = holding(5);
				expectPoolError(await rejectionOf(buffer.writeTo(sink)), "ERR_POOL_HOOK");
				assert.strictEqual(buffer.length, 5);
			},
		},
		{
			name: "where a sink may still read and its source has no more storage, what is left is held all the same",
			async run() {
				let failing = false;
				const pool: StorageSource = {
					get(minLength) {
						if (failing) throw new Error("no storage today");
						return new Uint8Array(minLength);
					},
					put: () => {},
				};
				const buffer = new ByteBuffer({ pool });
				buffer.write(new Uint8Array(100_000).fill(3));
				failing = true;
				const { sink, bytes } = collecting(1, "full");
				assert.strictEqual(await rejectionOf(buffer.writeTo(sink, { copy: false })), "full");
				assert.strictEqual(bytes().length + buffer.length, 100_000);
				assert.isTrue(buffer.bytes().every((byte) => byte === 3));
			},
		},
	],
};
