import { assert } from "chai";
import { ByteBuffer, type ByteSource } from "ebbpool/bytes";
import { expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { asyncChunks, hanging, settled, webStream } from "./byte-streams.ts";

const encode = (text: string) => new TextEncoder().encode(text);

export const bytesReadFrom: Suite = {
	name: "ByteBuffer.readFrom",
	cases: [
		{
			name: "readFrom appends all of any source and tells how many bytes that were",
			async run() {
				const chunks = ["a€", encode("b"), "", new Uint8Array(0), encode("😀"), "c"];
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
				const bytes = encode(text);
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
				await lone.readFrom(["\ud83d", encode("-"), "\ude00\ud83d", "x", "\ud83d"]);
				assert.strictEqual(lone.toString(), "\ufffd-\ufffd\ufffdx\ufffd");
			},
		},
		{
			name: "limit lets in as much as it says, and rejects before the chunk that would be more",
			async run() {
				for (const chunks of [
					["123", "456"],
					[encode("123"), encode("456")],
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
		{
			name: "bytes, an ArrayBuffer, a Blob, a Response and a Request are sources",
			async run() {
				const bytes = encode("äbc");
				const sources: Record<string, () => ByteSource> = {
					"a Uint8Array": () => bytes,
					"an ArrayBuffer": () => bytes.slice().buffer,
					"an empty Uint8Array, and more": () => [new Uint8Array(0), bytes],
				};
				if (typeof Blob === "function") sources["a Blob"] = () => new Blob(["ä", "bc"]);
				if (typeof Response === "function") {
					sources["a Response"] = () => new Response("äbc");
				}
				// Firefox gives a Request no stream of its body.
				if (typeof Request === "function" && "body" in Request.prototype) {
					sources["a Request"] = () => new Request("http://localhost", { method: "POST", body: "äbc" });
				}
				for (const [name, make] of Object.entries(sources)) {
					const buffer = new ByteBuffer();
					assert.strictEqual(await buffer.readFrom(make()), 4, name);
					assert.strictEqual(buffer.toString(), "äbc", name);
					expectPoolError(await rejectionOf(buffer.readFrom(make(), { limit: 3 })), "ERR_POOL_RANGE");
				}
				if (typeof Response === "function") {
					assert.strictEqual(await new ByteBuffer().readFrom(new Response(null)), 0);
				}
			},
		},
		{
			name: "other arrays of numbers are told as what they are, not as their first number",
			async run() {
				for (const wrong of [
					new Uint16Array([7, 8]),
					new DataView(new ArrayBuffer(8)),
					new Float64Array(1),
				]) {
					const error = await rejectionOf(new ByteBuffer().readFrom(wrong as unknown as ByteSource));
					assert.match(
						expectPoolError(error, "ERR_POOL_ARGUMENT").message,
						/readFrom: source: .* got an object$/,
					);
				}
			},
		},
		{
			name: "a source that cannot even be closed properly fails with its own error, or the signal's reason",
			async run() {
				const own = new Error("the source's own");
				const fail = () => {
					throw own;
				};
				const no = () => {
					throw new Error("closing");
				};
				const bad = async () => no();
				const never = () => new Promise<never>(() => {});
				for (const iterator of [
					{ next: () => Promise.reject(own), return: no },
					{ next: fail, return: bad },
				]) {
					const source = { [Symbol.asyncIterator]: () => iterator, destroy: no };
					assert.strictEqual(await rejectionOf(new ByteBuffer().readFrom(source)), own);
				}
				const hanging: ByteSource[] = [
					{ [Symbol.asyncIterator]: () => ({ next: never }), destroy: no } as AsyncIterable<string>,
					{ [Symbol.asyncIterator]: () => ({ next: never, return: no }) },
					{ [Symbol.asyncIterator]: () => ({ next: never, return: bad }) },
					{ getReader: () => ({ read: never, cancel: no, releaseLock: no }) },
					{ getReader: () => ({ read: never, cancel: bad, releaseLock: no }) },
				];
				for (const source of hanging) {
					const controller = new AbortController();
					const reading = new ByteBuffer().readFrom(source, { signal: controller.signal });
					await settled();
					controller.abort("enough");
					assert.strictEqual(await rejectionOf(reading), "enough");
					const early = new ByteBuffer().readFrom(source, { signal: controller.signal });
					assert.strictEqual(await rejectionOf(early), "enough");
				}
				const stubborn: ByteSource = {
					getReader: () => ({ read: async () => ({ done: true }), cancel: bad, releaseLock: no }),
				};
				assert.strictEqual(await new ByteBuffer().readFrom(stubborn), 0);
			},
		},
		{
			name: "a signal without reason rejects with an AbortError; one that throws begins nothing",
			async run() {
				const listeners: (() => void)[] = [];
				const signal = {
					aborted: false,
					addEventListener: (_: "abort", listener: () => void) => void listeners.push(listener),
					removeEventListener: () => {},
				};
				const reading = new ByteBuffer().readFrom(hanging().source, { signal });
				await settled();
				for (const listener of listeners) listener();
				assert.strictEqual(((await rejectionOf(reading)) as Error).name, "AbortError");
				const broken = new Error("no listeners here");
				const throwing = {
					...signal,
					addEventListener() {
						throw broken;
					},
				};
				const { source, closed } = hanging();
				const buffer = new ByteBuffer();
				assert.strictEqual(await rejectionOf(buffer.readFrom(source, { signal: throwing })), broken);
				await settled();
				assert.deepEqual([buffer.length, closed()], [0, false], "nothing was read");
				assert.strictEqual(
					await rejectionOf(buffer.writeTo(new WritableStream(), { signal: throwing })),
					broken,
				);
				buffer.writeString("its owner's");
			},
		},
	],
};
