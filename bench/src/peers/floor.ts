import type { Linked, Peer } from "./peer.ts";

/** The least that a pool can do, and nothing given back: where nanoseconds count, scenarios write it inline instead. */
export const floor: Peer = {
	access: "inline",
	create<T extends Linked<T>>(Type: new () => T) {
		const items: T[] = [];
		return {
			get: () => items.pop() ?? new Type(),
			put: (item: T) => {
				items.push(item);
			},
		};
	},
};
