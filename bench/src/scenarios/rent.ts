import { BufferPool } from "ebbpool/bytes";
import type { Loop } from "../measure/loop.ts";
import { byteScenario } from "./byte-scenario.ts";
import type { Scenario } from "./scenario.ts";

/** One array is out at a time, and a byte of it is written, as the memory that nobody touches costs less. */
function rent(length: number): Scenario {
	return byteScenario({
		operation: `array of ${length} bytes got, written to, and put`,
		operationsPerRound: 1,
		variants: {
			ours: () => rentLoop(new BufferPool(), length),
			"ours + .buffer": () => provingLoop(new BufferPool(), length),
			"Buffer.allocUnsafe": () => allocUnsafeLoop(length),
			"new Uint8Array": () => uint8ArrayLoop(length),
		},
	});
}

export const rent1K = rent(1024);
export const rent64K = rent(64 * 1024);
export const rent1M = rent(1024 * 1024);

function rentLoop(pool: BufferPool, length: number): Loop {
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const array = pool.get(length);
			array[round & 1023] = round;
			sum += array.length;
			pool.put(array);
		}
		return sum;
	};
}

/** What a pool would pay that looked at the array's memory at each put instead of at a mark. */
function provingLoop(pool: BufferPool, length: number): Loop {
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const array = pool.get(length);
			array[round & 1023] = round;
			sum += array.buffer.byteLength;
			pool.put(array);
		}
		return sum;
	};
}

function allocUnsafeLoop(length: number): Loop {
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const array = Buffer.allocUnsafe(length);
			array[round & 1023] = round;
			sum += array.length;
		}
		return sum;
	};
}

function uint8ArrayLoop(length: number): Loop {
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const array = new Uint8Array(length);
			array[round & 1023] = round;
			sum += array.length;
		}
		return sum;
	};
}
