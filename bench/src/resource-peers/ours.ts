import { type ResourceLease, ResourcePool } from "ebbpool/resource";
import { type Borrowing, LIMITS, NO_LIMIT, type ResourcePeer, Stub } from "./peer.ts";

const OFF = {
	acquireTimeout: NO_LIMIT,
	createTimeout: NO_LIMIT,
	destroyTimeout: NO_LIMIT,
	idleTimeout: NO_LIMIT,
	maxLifetime: NO_LIMIT,
};

const LIMITED = { ...OFF, acquireTimeout: LIMITS.acquire, idleTimeout: LIMITS.idle };

const HOOKS = { validate: async () => true, reset: async () => {} };

export const ours: ResourcePeer = {
	modes: ["defaults", "off", "limits", "hooks"],
	create(max, mode): Borrowing<ResourceLease<Stub>> {
		const pool = new ResourcePool({
			create: async () => new Stub(),
			destroy: async () => {},
			max,
			// The scenario with 100,000 waiters is past the default bound.
			maxWaiting: NO_LIMIT,
			...(mode === "off" && OFF),
			...(mode === "limits" && LIMITED),
			...(mode === "hooks" && HOOKS),
		});
		return { acquire: () => pool.acquire(), release: (lease) => lease.release(), end: () => pool.drain() };
	},
};
