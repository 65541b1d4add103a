import { Pool } from "ebbpool";
import type { Peer } from "./peer.ts";

export const ours: Peer = {
	access: "pool",
	create: (Type) => new Pool(() => new Type()),
};
