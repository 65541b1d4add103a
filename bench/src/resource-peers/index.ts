import type { ResourcePeer } from "./peer.ts";

/** Each is loaded only in the process that measures it. */
const LOADERS = {
	ours: async () => (await import("./ours.ts")).ours,
	floor: async () => (await import("./floor.ts")).floor,
	"generic-pool": async () => (await import("./generic-pool.ts")).genericPool,
	tarn: async () => (await import("./tarn.ts")).tarn,
	"lightning-pool": async () => (await import("./lightning-pool.ts")).lightningPool,
	"pg-pool": async () => (await import("./pg-pool.ts")).pgPool,
	"@ebbpool/generic-pool": async () => (await import("./generic-pool.ts")).genericPoolStandIn,
	"@ebbpool/tarn": async () => (await import("./tarn.ts")).tarnStandIn,
	"@ebbpool/pg-pool": async () => (await import("./pg-pool.ts")).pgPoolStandIn,
} satisfies Record<string, () => Promise<ResourcePeer>>;

export type ResourcePeerName = keyof typeof LOADERS;

export function loadResourcePeer(name: ResourcePeerName): Promise<ResourcePeer> {
	return LOADERS[name]();
}
