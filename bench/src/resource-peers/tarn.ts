import { Pool } from "tarn";
import { type ResourcePeer, Stub } from "./peer.ts";

/** Its limits in time cannot be switched off; it has no reset, and `validate` is synchronous. */
export const tarn: ResourcePeer = {
	modes: ["defaults"],
	create(max) {
		const pool = new Pool({
			create: async () => new Stub(),
			destroy: async () => {},
			min: 0,
			max,
		});
		return {
			acquire: () => pool.acquire().promise,
			release: (stub) => pool.release(stub as Stub),
			end: () => pool.destroy(),
		};
	},
};
