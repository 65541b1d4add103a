import { assert } from "chai";
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
	],
};
