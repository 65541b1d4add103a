import { Pool as StandIn } from "@ebbpool/tarn";
import { Pool as Original } from "tarn";
import { LIMITS, type ResourcePeer, Stub } from "./peer.ts";

/** Its limits in time cannot be switched off, so that with equal limits it still has those on creating and destroying; it has no reset, and `validate` is synchronous. */
const peer = (Pool: typeof Original): ResourcePeer => ({
	modes: ["defaults", "limits"],
	create(max, mode) {
		const pool = new Pool({
			create: async () => new Stub(),
			destroy: async () => {},
			min: 0,
			max,
			...(mode === "limits" && {
				acquireTimeoutMillis: LIMITS.acquire,
				idleTimeoutMillis: LIMITS.idle,
			}),
		});
		return {
			acquire: () => pool.acquire().promise,
			release: (stub) => pool.release(stub as Stub),
			end: () => pool.destroy(),
		};
	},
});

export const tarn = peer(Original);
export const tarnStandIn = peer(StandIn as unknown as typeof Original);
