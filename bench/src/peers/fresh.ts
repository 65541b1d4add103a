import type { Peer } from "./peer.ts";

/** No pool: each item is made anew and left to the collector. */
export const fresh: Peer = {
	access: "fresh",
	create: (Type) => ({ get: () => new Type(), put() {} }),
};
