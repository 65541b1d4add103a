import { Pool } from "ebbpool";
import type { Peer } from "./peer.ts";

export const oursStats: Peer = {
	access: "pool",
	create: (Type) => new Pool({ new: () => new Type(), stats: true }),
};
