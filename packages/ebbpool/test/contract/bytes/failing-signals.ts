import { assert } from "chai";
import { type AbortSignalLike, ByteBuffer } from "ebbpool/bytes";
import { rejectionOf } from "../support/expect.ts";
import type { Suite } from "../support/kit.ts";
import { failingSignal } from "../support/old-signal.ts";
import { hanging, holding } from "./byte-streams.ts";

const failure = new Error("it was to fail");
const PARTS = ["reason", "aborted"] as const;

export const bytesFailingSignals: Suite = {
	name: "ByteBuffer: signals that fail",
	cases: PARTS.flatMap((part) => [
		{
			name: `readFrom ends with what a signal's ${part} throws, and closes the source`,
			async run() {
				const buffer = new ByteBuffer();
				const { source, closed } = hanging();
				const signal = failingSignal(part, failure);
				const reading = rejectionOf(
					buffer.readFrom(source, { signal: part === "aborted" ? later(signal) : signal }),
				);
				if (part === "reason") signal.abort();
				assert.strictEqual(await reading, failure);
				assert.isTrue(closed());
			},
		},
		{
			name: `writeTo ends with what a signal's ${part} throws, and the buffer is its owner's again`,
			async run() {
				const buffer = holding(1000);
				const sink = new WritableStream({ write: () => new Promise<void>(() => {}) });
				const signal = failingSignal(part, failure);
				const writing = rejectionOf(
					buffer.writeTo(sink, { signal: part === "aborted" ? later(signal) : signal }),
				);
				if (part === "reason") signal.abort();
				assert.strictEqual(await writing, failure);
				buffer.writeByte(1);
				assert.strictEqual(buffer.length, 1001);
				assert.isFalse(sink.locked);
			},
		},
	]),
};

/** The signal, but for the first look, with which options are checked. */
function later(signal: { readonly aborted: boolean }): AbortSignalLike {
	let looks = 0;
	return {
		get aborted() {
			return looks++ > 0 && signal.aborted;
		},
		addEventListener() {},
		removeEventListener() {},
	};
}
