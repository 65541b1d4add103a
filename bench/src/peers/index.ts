import type { Peer } from "./peer.ts";

/** Each is loaded only in the process that measures it. */
const LOADERS = {
	ours: async () => (await import("./ours.ts")).ours,
	"ours-again": async () => (await import("./ours.ts")).ours,
	"ours-stats": async () => (await import("./ours-stats.ts")).oursStats,
	floor: async () => (await import("./floor.ts")).floor,
	new: async () => (await import("./fresh.ts")).fresh,
	reusify: async () => (await import("./reusify.ts")).reusifyPeer,
	"object-pool": async () => (await import("./object-pool.ts")).objectPool,
} satisfies Record<string, () => Promise<Peer>>;

export type JavaScriptPeer = keyof typeof LOADERS;

/** Go's `sync.Pool` is a peer too, but its scenarios are in a program of its own. */
export const GO = "go";

/** Whether a variant is Go's: the peer itself, or a case that a scenario names after it. */
export const isGo = (variant: string): boolean => variant === GO || variant.startsWith(`${GO}, `);

export const PEERS: readonly string[] = [...Object.keys(LOADERS), GO];

export function loadPeer(name: string): Promise<Peer> {
	if (!Object.hasOwn(LOADERS, name))
		throw new Error(`unknown peer "${name}"; the peers are ${PEERS.join(", ")}`);
	return LOADERS[name as JavaScriptPeer]();
}
