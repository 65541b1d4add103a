import { assert } from "chai";
import type { ByteSink, ByteSource } from "ebbpool/bytes";
import { expectPoolError, rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { collecting, hanging, holding, settled } from "./byte-streams.ts";

export const bytesStreams: Suite = {
	name: "ByteBuffer's streams",
	cases: [
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
			name: "a Response and a Blob copy the bytes that they are made of at once: the buffer may go back",
			async run() {
				const buffer = holding(300_000);
				const expected = buffer.bytes().slice();
				const bodies = [
					...(typeof Response === "function" ? [new Response(buffer.bytes())] : []),
					...(typeof Blob === "function" ? [new Blob([buffer.bytes()])] : []),
				];
				buffer.bytes().fill(0xee);
				for (const body of bodies) assert.deepEqual(new Uint8Array(await body.arrayBuffer()), expected);
			},
		},
	],
};
