import type { SharedPool } from "ebbpool/shared";
import type { Loop } from "../measure/time-loop.ts";

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
