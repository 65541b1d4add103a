import { Pool } from "ebbpool";
import { BufferPool, type BufferPoolOptions, ByteBuffer, type RetainPolicy, retain } from "ebbpool/bytes";
import type { Loop } from "../measure/loop.ts";
import { timeLoop } from "../measure/time-loop.ts";
import type { Scenario } from "./scenario.ts";

const LENGTH = 1024;
const TEXT = new Uint8Array(200).fill(0x61);

function arrays(options: BufferPoolOptions): Loop {
	const pool = new BufferPool(options);
	pool.put(pool.get(LENGTH));
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const array = pool.get(LENGTH);
			array[0] = round;
			sum += array.length;
			pool.put(array);
		}
		return sum;
	};
}

function freshArrays(): Loop {
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const array = new Uint8Array(LENGTH);
			array[0] = round;
			sum += array.length;
		}
		return sum;
	};
}

function buffers(policy: RetainPolicy): Loop {
	const pool = new Pool({ new: () => new ByteBuffer(LENGTH), ...policy });
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const buffer = pool.get();
			sum += buffer.write(TEXT);
			pool.put(buffer);
		}
		return sum;
	};
}

function buffersResetByHand(): Loop {
	const pool = new Pool(() => new ByteBuffer(LENGTH));
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const buffer = pool.get();
			sum += buffer.write(TEXT);
			buffer.reset();
			pool.put(buffer);
		}
		return sum;
	};
}

function freshBuffers(): Loop {
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) sum += new ByteBuffer(LENGTH).write(TEXT);
		return sum;
	};
}

const VARIANTS = {
	"new Uint8Array": freshArrays,
	BufferPool: () => arrays({}),
	"BufferPool, zero": () => arrays({ zero: "put" }),
	"BufferPool, stats": () => arrays({ stats: true }),
	"new ByteBuffer": freshBuffers,
	"ByteBuffers, by hand": buffersResetByHand,
	"ByteBuffers, upTo": () => buffers(retain.upTo(64 * 1024)),
	"ByteBuffers, shrink": () => buffers(retain.shrink(4)),
	"ByteBuffers, used": () => buffers(retain.used()),
	"ByteBuffers, calibrated": () => buffers(retain.calibrated()),
} satisfies Record<string, () => Loop>;

/** What zeroing, counts and policies add to bytes that go out and back: arrays of 1 KiB, and buffers that 200 bytes are written to. */
export const byteHooks: Scenario = {
	operation: "get and put",
	variants: Object.keys(VARIANTS),
	baselines: ["BufferPool", "ByteBuffers, by hand"],
	figures: ["heapBytes", "minor", "major"],
	measure: (variant, budget) => timeLoop(VARIANTS[variant as keyof typeof VARIANTS](), 1, budget),
};
