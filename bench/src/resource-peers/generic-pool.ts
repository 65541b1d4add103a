import { createPool as standIn } from "@ebbpool/generic-pool";
import { createPool as original } from "generic-pool";
import { LIMITS, type ResourcePeer, Stub } from "./peer.ts";

/** Its limits in time are off unless set; it has no reset. */
const peer = (createPool: typeof original): ResourcePeer => ({
	modes: ["defaults", "off", "limits", "hooks"],
	create(max, mode) {
		const pool = createPool(
			{ create: async () => new Stub(), destroy: async () => {}, validate: async () => true },
			{
				max,
				testOnBorrow: mode === "hooks",
				testOnReturn: mode === "hooks",
				...(mode === "limits" && {
					acquireTimeoutMillis: LIMITS.acquire,
					idleTimeoutMillis: LIMITS.idle,
					evictionRunIntervalMillis: 1000,
				}),
			},
		);
		return {
			acquire: () => pool.acquire(),
			release: (stub) => pool.release(stub as Stub),
			end: () => pool.clear(),
		};
	},
});

export const genericPool = peer(original);
export const genericPoolStandIn = peer(standIn as unknown as typeof original);
