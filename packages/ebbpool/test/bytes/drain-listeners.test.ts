import { EventEmitter } from "node:events";
import { test } from "node:test";
import { assert } from "chai";
import { ByteBuffer } from "ebbpool/bytes";

test("writeTo listens to a sink's drain once, however often the sink is full, and leaves no listener there", async () => {
	let most = 0;
	class FullSink extends EventEmitter {
		readonly writableNeedDrain = true;
		write(_chunk: Uint8Array, done: () => void): void {
			setImmediate(done);
		}
	}
	const sink = new FullSink();
	const beat = setInterval(() => {
		most = Math.max(most, sink.listenerCount("drain"));
		sink.emit("drain");
	}, 1);
	const buffer = new ByteBuffer();
	buffer.write(new Uint8Array(20 * 64 * 1024));
	assert.strictEqual(await buffer.writeTo(sink), 20 * 64 * 1024);
	clearInterval(beat);
	assert.strictEqual(most, 1);
	assert.isEmpty(sink.eventNames());
});

test("a signal that cannot be let go of makes nothing fail that is done; what it throws goes where uncaught errors go", async (t) => {
	const failure = new Error("it was to fail");
	const uncaught: unknown[] = [];
	process.setUncaughtExceptionCaptureCallback((error) => uncaught.push(error));
	t.after(() => process.setUncaughtExceptionCaptureCallback(null));
	const { signal } = new AbortController();
	Object.defineProperty(signal, "removeEventListener", {
		value() {
			throw failure;
		},
	});
	const buffer = new ByteBuffer();
	assert.strictEqual(await buffer.readFrom(["hello"], { signal }), 5);
	assert.strictEqual(await buffer.writeTo(new ByteBuffer(), { signal }), 5);
	await new Promise(setImmediate);
	assert.deepEqual(uncaught, [failure, failure]);
});
