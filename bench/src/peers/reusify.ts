import reusify from "reusify";
import type { Peer } from "./peer.ts";

export const reusifyPeer: Peer = {
	access: "pool",
	create(Type) {
		const { get, release } = reusify(Type);
		return { get, put: release };
	},
};
