import { createPool } from "lightning-pool";
import { LIMITS, type ResourcePeer, Stub } from "./peer.ts";

export const lightningPool: ResourcePeer = {
	modes: ["defaults", "off", "limits", "hooks"],
	create(max, mode) {
		const hooks = mode === "hooks";
		const pool = createPool<Stub>(
			{
				create: async () => new Stub(),
				destroy: async () => {},
				...(hooks && { validate: async () => {}, reset: async () => {} }),
			},
			{
				max,
				maxQueue: Number.MAX_SAFE_INTEGER,
				...(hooks && { validation: true }),
				...(mode === "limits" && {
					acquireTimeoutMillis: LIMITS.acquire,
					idleTimeoutMillis: LIMITS.idle,
				}),
				...(mode === "off" && { acquireTimeoutMillis: 0, idleTimeoutMillis: 0 }),
			},
		);
		return {
			acquire: () => pool.acquire(),
			release: (stub) => pool.release(stub as Stub),
			end: () => pool.close(true),
		};
	},
};
