import { assert } from "chai";
import { ByteBuffer, type ByteSink, type ByteSource } from "ebbpool/bytes";
import { expectCode, expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";

const encoder = new TextEncoder();

/** Long enough that whatever was going to happen without more input has happened. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

async function* asyncChunks<T>(...chunks: T[]): AsyncGenerator<T> {
	for (const chunk of chunks) yield chunk;
}

function webStream(...chunks: (Uint8Array | string)[]): ReadableStream<Uint8Array | string> {
	return new ReadableStream({
		start(controller) {
			for (const chunk of chunks) controller.enqueue(chunk);
			controller.close();
		},
	});
}

function holding(length: number): ByteBuffer {
	const buffer = new ByteBuffer();
	buffer.write(Uint8Array.from({ length }, (_, i) => i % 251));
	return buffer;
}

/** An async iterator that gives one chunk and then hangs; it tells whether it was closed. */
function hanging(): { source: AsyncIterable<string>; closed: () => boolean } {
	let closed = false;
	let given = false;
	const iterator: AsyncIterator<string> = {
		next() {
			if (given) return new Promise(() => {});
			given = true;
			return Promise.resolve({ done: false, value: "first" });
		},
		async return() {
			closed = true;
			return { done: true, value: undefined };
		},
	};
	return { source: { [Symbol.asyncIterator]: () => iterator }, closed: () => closed };
}

/** A WritableStream that collects copies of what it gets, and fails at the given write. */
function collecting(failAt = Number.POSITIVE_INFINITY, failure?: unknown) {
	const chunks: Uint8Array[] = [];
	const sink = new WritableStream<Uint8Array>({
		async write(chunk) {
			await settled();
			if (chunks.length === failAt) throw failure;
			chunks.push(chunk.slice());
		},
	});
	const bytes = () => {
		const all = new ByteBuffer();
		for (const chunk of chunks) all.write(chunk);
		return all.bytes();
	};
	return { sink, bytes };
}

export const bytesStreams: Suite = {
	name: "ByteBuffer's readFrom and writeTo",
	cases: [
		{
			name: "readFrom appends all of any source and tells how many bytes that were",
			async run() {
				const chunks = ["a€", encoder.encode("b"), "", new Uint8Array(0), encoder.encode("😀"), "c"];
				const sources: ByteSource[] = [
					chunks,
					new Set(chunks),
					asyncChunks(...chunks),
					webStream(...chunks.filter((chunk) => chunk.length > 0)),
				];
				for (const source of sources) {
					const buffer = new ByteBuffer();
					buffer.writeString("before ");
					assert.strictEqual(await buffer.readFrom(source), 10);
					assert.strictEqual(buffer.toString(), "before a€b😀c");
				}
				const response = new ByteBuffer();
				assert.strictEqual(
					await response.readFrom(new Response("body").body as ReadableStream<Uint8Array>),
					4,
				);
				assert.strictEqual(response.toString(), "body");
			},
		},
		{
			name: "a code point that is split between two chunks is whole, in bytes and in strings",
			async run() {
				const text = "x😀€é\ud800";
				const bytes = encoder.encode(text);
				for (let cut = 0; cut <= bytes.length; cut++) {
					const buffer = new ByteBuffer();
					await buffer.readFrom([bytes.subarray(0, cut), bytes.subarray(cut)]);
					assert.deepEqual(buffer.bytes(), bytes);
				}
				for (let cut = 0; cut <= text.length; cut++) {
					const buffer = new ByteBuffer();
					await buffer.readFrom([text.slice(0, cut), "", text.slice(cut)]);
					assert.deepEqual(buffer.bytes(), bytes, `strings cut at ${cut}`);
				}
				const lone = new ByteBuffer();
				await lone.readFrom(["\ud83d", encoder.encode("-"), "\ude00\ud83d", "x", "\ud83d"]);
				assert.strictEqual(lone.toString(), "\ufffd-\ufffd\ufffdx\ufffd");
			},
		},
		{
			name: "limit lets in as much as it says, and rejects before the chunk that would be more",
			async run() {
				for (const chunks of [
					["123", "456"],
					[encoder.encode("123"), encoder.encode("456")],
					["123", "4€"],
				]) {
					const exact = new ByteBuffer();
					const total = await exact.readFrom(chunks);
					assert.strictEqual(await new ByteBuffer().readFrom(chunks, { limit: total }), total);
					const buffer = new ByteBuffer();
					expectPoolError(await rejectionOf(buffer.readFrom(chunks, { limit: total - 1 })), "ERR_POOL_RANGE");
					assert.strictEqual(buffer.toString(), "123");
				}
				expectPoolError(await rejectionOf(new ByteBuffer().readFrom(["a"], { limit: 0 })), "ERR_POOL_RANGE");
				expectPoolError(
					await rejectionOf(new ByteBuffer().readFrom(["\ud83d"], { limit: 2 })),
					"ERR_POOL_RANGE",
				);
			},
		},
		{
			name: "an endless source stops at the limit and is closed",
			async run() {
				let closed = false;
				function* endless() {
					try {
						for (;;) yield new Uint8Array(1000);
					} finally {
						closed = true;
					}
				}
				const buffer = new ByteBuffer();
				expectPoolError(await rejectionOf(buffer.readFrom(endless(), { limit: 10_500 })), "ERR_POOL_RANGE");
				assert.strictEqual(buffer.length, 10_000);
				assert.isTrue(closed);

				let cancelled = false;
				const stream = new ReadableStream<Uint8Array>({
					pull: (controller) => controller.enqueue(new Uint8Array(1000)),
					cancel: () => {
						cancelled = true;
					},
				});
				expectPoolError(await rejectionOf(buffer.readFrom(stream, { limit: 2500 })), "ERR_POOL_RANGE");
				assert.isTrue(cancelled);
				assert.isFalse(stream.locked);
				assert.strictEqual(buffer.length, 12_000);
			},
		},
		{
			name: "what exceeds the limit by itself takes no storage",
			async run() {
				for (const chunk of [new Uint8Array(1000), "x".repeat(1000)]) {
					const buffer = new ByteBuffer();
					expectPoolError(await rejectionOf(buffer.readFrom([chunk], { limit: 100 })), "ERR_POOL_RANGE");
					assert.strictEqual(buffer.capacity, 0);
				}
			},
		},
		{
			name: "with preventCancel a source that was not read to its end stays open",
			async run() {
				let pulls = 0;
				const stream = new ReadableStream<Uint8Array>({
					pull: (controller) => controller.enqueue(new Uint8Array(10).fill(++pulls)),
					cancel: () => assert.fail("cancelled"),
				});
				const options = { limit: 25, preventCancel: true };
				expectPoolError(await rejectionOf(new ByteBuffer().readFrom(stream, options)), "ERR_POOL_RANGE");
				assert.isFalse(stream.locked);
				const { value } = await stream.getReader().read();
				assert.strictEqual(value?.[0], 4);
			},
		},
		{
			name: "a chunk that is neither bytes nor a string is refused, and the source closed",
			async run() {
				for (const wrong of [1, null, undefined, {}, [1], new Uint16Array(1)]) {
					let closed = false;
					async function* source() {
						try {
							yield "good";
							yield wrong as string;
						} finally {
							closed = true;
						}
					}
					const buffer = new ByteBuffer();
					expectPoolError(await rejectionOf(buffer.readFrom(source())), "ERR_POOL_ARGUMENT");
					assert.strictEqual(buffer.toString(), "good");
					assert.isTrue(closed);
				}
			},
		},
		{
			name: "what is no source or sink, and options that are none, are refused",
			async run() {
				const buffer = holding(3);
				for (const wrong of [null, undefined, 1, "text", {}, () => {}]) {
					expectPoolError(await rejectionOf(buffer.readFrom(wrong as ByteSource)), "ERR_POOL_ARGUMENT");
					expectPoolError(await rejectionOf(buffer.writeTo(wrong as ByteSink)), "ERR_POOL_ARGUMENT");
				}
				const { sink } = collecting();
				for (const wrong of [null, { limits: 1 }, { signal: {} }, { limit: -1 }, { limit: "1" }]) {
					const options = wrong as unknown as { limit: number };
					expectPoolError(await rejectionOf(buffer.readFrom(["x"], options)), "ERR_POOL_OPTION");
					expectPoolError(await rejectionOf(buffer.writeTo(sink, options as object)), "ERR_POOL_OPTION");
				}
				assert.strictEqual(buffer.length, 3);
				assert.isFalse(sink.locked);
			},
		},
		{
			name: "the error of a source comes through; what came before it stays",
			async run() {
				const failure = new Error("lost");
				async function* failing() {
					yield "before";
					throw failure;
				}
				const errored = new ReadableStream<string>({ start: (controller) => controller.error(failure) });
				const buffer = new ByteBuffer();
				assert.strictEqual(await rejectionOf(buffer.readFrom(failing())), failure);
				assert.strictEqual(await rejectionOf(buffer.readFrom(errored)), failure);
				assert.strictEqual(buffer.toString(), "before");
			},
		},
		{
			name: "a signal that has aborted rejects with its reason, before anything is read or written",
			async run() {
				const signal = AbortSignal.abort("reason");
				const buffer = holding(3);
				const { source, closed } = hanging();
				assert.strictEqual(await rejectionOf(buffer.readFrom(source, { signal })), "reason");
				assert.isTrue(closed());
				const { sink, bytes } = collecting();
				assert.strictEqual(await rejectionOf(buffer.writeTo(sink, { signal })), "reason");
				assert.strictEqual(bytes().length, 0);
				assert.isFalse(sink.locked);
				assert.deepEqual([buffer.length, buffer.capacity], [3, 64]);
			},
		},
		{
			name: "an abort ends a read that hangs at once; nothing is appended afterwards",
			async run() {
				const controller = new AbortController();
				const { source, closed } = hanging();
				const buffer = new ByteBuffer();
				const reading = buffer.readFrom(source, { signal: controller.signal });
				await settled();
				assert.strictEqual(buffer.toString(), "first");
				controller.abort("enough");
				assert.strictEqual(await rejectionOf(reading), "enough");
				assert.isTrue(closed());

				let give: (chunk: string) => void = () => {};
				let cancelled = false;
				const stream = new ReadableStream<string>({
					start: (streaming) => {
						give = (chunk) => streaming.enqueue(chunk);
					},
					cancel: () => {
						cancelled = true;
					},
				});
				const second = new AbortController();
				const late = buffer.readFrom(stream, { signal: second.signal });
				give(" second");
				await settled();
				second.abort();
				assert.strictEqual(await rejectionOf(late), second.signal.reason);
				assert.isTrue(cancelled);
				assert.isFalse(stream.locked);
				assert.strictEqual(buffer.toString(), "first second");
			},
		},
		{
			name: "an abort at each step of a reading rejects with the reason and appends nothing more",
			async run() {
				const chunks = ["a", "b", "c", "d"];
				for (let step = 0; step < chunks.length; step++) {
					const controller = new AbortController();
					const reason = new Error(`at ${step}`);
					async function* source() {
						for (const [i, chunk] of chunks.entries()) {
							if (i === step) controller.abort(reason);
							await null;
							yield chunk;
						}
					}
					const buffer = new ByteBuffer();
					const reading = buffer.readFrom(source(), { signal: controller.signal });
					assert.strictEqual(await rejectionOf(reading), reason);
					const { length } = buffer;
					assert.strictEqual(length, step);
					await settled();
					assert.strictEqual(buffer.length, length);
				}
			},
		},
		{
			name: "a signal keeps no listener once reading and writing are over",
			async run() {
				const { signal } = new AbortController();
				let listeners = 0;
				const counting = new Proxy(signal, {
					get(target, key) {
						const value: unknown = Reflect.get(target, key);
						if (typeof value !== "function") return value;
						if (key === "addEventListener") listeners++;
						if (key === "removeEventListener") listeners--;
						return value.bind(target);
					},
				});
				const buffer = holding(100);
				await buffer.writeTo(collecting().sink, { signal: counting });
				await buffer.readFrom(["x"], { signal: counting });
				await rejectionOf(buffer.readFrom(["x"], { signal: counting, limit: 0 }));
				await settled();
				assert.strictEqual(listeners, 0);
			},
		},
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
				for (const failAt of [0, 1, 3]) {
					const failure = new Error("disk full");
					const { sink, bytes } = collecting(failAt, failure);
					const buffer = holding(300_000);
					const all = buffer.bytes().slice();
					const storage = buffer.bytes().buffer;
					assert.strictEqual(await rejectionOf(buffer.writeTo(sink)), failure);
					const written = bytes().length;
					assert.deepEqual(bytes(), all.subarray(0, written));
					assert.isTrue(failAt === 0 ? written === 0 : written > 0 && written < all.length);
					assert.deepEqual(buffer.bytes(), all.subarray(written));
					assert.notStrictEqual(buffer.bytes().buffer, storage);
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
				const writing = buffer.writeTo(sink, { signal: controller.signal });
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
			name: "while readFrom waits, what has come can be read and more be written",
			async run() {
				const buffer = new ByteBuffer();
				const seen: string[] = [];
				async function* source() {
					yield "one\ntw";
					seen.push(new TextDecoder().decode(buffer.readUntil(0x0a)));
					yield "o\n";
					seen.push(new TextDecoder().decode(buffer.readUntil(0x0a)));
					buffer.reset();
					yield "three";
				}
				assert.strictEqual(await buffer.readFrom(source()), 13);
				assert.deepEqual(seen, ["one\n", "two\n"]);
				assert.strictEqual(buffer.toString(), "three");
			},
		},
	],
};
