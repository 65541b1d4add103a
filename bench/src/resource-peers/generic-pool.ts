import { createPool } from "generic-pool";
import { type ResourcePeer, Stub } from "./peer.ts";

/** Its limits in time are off unless set, so that there is one mode without hooks; it has no reset. */
export const genericPool: ResourcePeer = {
	modes: ["defaults", "off", "hooks"],
	create(max, mode) {
		const pool = createPool(
			{ create: async () => new Stub(), destroy: async () => {}, validate: async () => true },
			{ max, testOnBorrow: mode === "hooks", testOnReturn: mode === "hooks" },
		);
		return {
			acquire: () => pool.acquire(),
			release: (stub) => pool.release(stub as Stub),
			end: () => pool.clear(),
		};
	},
};
