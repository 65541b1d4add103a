import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { shuffle } from "simple-statistics";

/**
 * The order of each round: a random one, then the same backwards, and so on, so that no variant gains by what the
 * machine does early, late, or after a certain other variant.
 */
export function alternatingOrders<T>(entries: readonly T[], rounds: number, seed: number): T[][] {
	const random = xoroshiro128plus(seed);
	const orders: T[][] = [];
	let order: T[] = [];
	for (let round = 0; round < rounds; round++) {
		order = round % 2 === 0 ? shuffle([...entries], () => uniformFloat64(random)) : [...order].reverse();
		orders.push(order);
	}
	return orders;
}
