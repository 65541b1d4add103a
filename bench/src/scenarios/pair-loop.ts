import type { SharedPool } from "ebbpool/shared";
import type { Loop } from "../measure/loop.ts";

/** One slot is out at a time. */
export function pairLoop(pool: SharedPool): Loop {
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const block = pool.get();
			sum += block === undefined ? 0 : 1;
			pool.put(block);
		}
		return sum;
	};
}

/** The least that a get and a put through shared memory can cost: a word is taken and freed. */
export function casLoop(words: Int32Array<SharedArrayBuffer>, at: number): Loop {
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			sum += Atomics.compareExchange(words, at, 0, 1);
			sum += Atomics.compareExchange(words, at, 1, 0);
		}
		return sum;
	};
}
