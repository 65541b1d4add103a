import type { Inapplicable } from "./jobs.ts";

export const notOnWorkerd: readonly Inapplicable[] = [
	{
		tests: /^the clock: (where no collection comes|a new delay holds)/,
		why: "no timer outlives a request; pools age while they are used",
	},
	{
		tests: /^SharedPool: (waiting: |its end: (after dispose|a put after dispose))/,
		why: "what waits for shared memory goes on outside of its request; there are no threads to share it with",
	},
];

const text = "there is neither TextEncoder nor TextDecoder";
const signals = "there is no AbortController";
const transfers = "there is no structuredClone, which takes memory away";
const shared = "there are no Atomics";

export const notOnQuickJS: readonly Inapplicable[] = [
	{ tests: /^SharedPool: /, why: shared },
	{ tests: /^PoolError: ERR_POOL_(NOT_HELD|EXHAUSTED) /, why: shared },
	{
		tests:
			/^ByteBuffer's numbers: (BigUint64|a value out|(un)?signed varints are|varints at|a varint is written)/,
		why: "BigInt.asUintN(64, n) is wrong from 2⁶³ on",
	},
	{
		tests:
			/^ByteBuffer as Go's bytes\.Buffer: (reset, truncate|(large|small) (string|byte) writes|reads and writes|readUntil|growing beyond|an empty source|truncate keeps)/,
		why: text,
	},
	{
		tests: /^ByteBuffer's storage: (every kind of|its own bytes|storage comes|a pool that fails)/,
		why: text,
	},
	{ tests: /^ByteBuffer's text: /, why: text },
	{ tests: /^what others give a ByteBuffer: a source that uses/, why: text },
	{ tests: /^struct: strings: /, why: text },
	{ tests: /^struct: arrays and nested structs: a member may have the name/, why: text },
	{
		tests: /^ByteBuffer(\.readFrom|\.writeTo|'s streams): /,
		why: "there are no streams and no TextEncoder",
	},
	{ tests: /^retain: a buffer whose bytes are lent out/, why: "there are no streams" },
	{ tests: /^storage that is taken away: /, why: transfers },
	{ tests: /^BufferPool: an array of its own that was transferred/, why: transfers },
	{ tests: /^what others give a ByteBuffer: bytes that are taken away/, why: transfers },
	{
		tests:
			/^ResourcePool: acquire and release: (a long line|an aborted wait|adds one listener|counts whoever is rejected)/,
		why: signals,
	},
	{ tests: /^ResourcePool: hooks that fail: pauses grow up/, why: "the test needs performance" },
	{ tests: /^ResourcePool: hooks that fail: a creation that takes too long/, why: signals },
	{ tests: /^ResourcePool: drain: a creation that nobody waits for/, why: signals },
];
