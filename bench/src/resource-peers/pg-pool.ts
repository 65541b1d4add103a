import { EventEmitter } from "node:events";
import StandIn from "@ebbpool/pg-pool";
import Original from "pg-pool";
import { LIMITS, type ResourcePeer } from "./peer.ts";

type Client = ConstructorParameters<typeof Original>[1];

/** A client of `pg` without a server: it has what the pool calls. */
class StubClient extends EventEmitter {
	// Without these the pool would close it at each release.
	readonly _queryable = true;
	readonly _ending = false;

	connect(connected: (error?: Error) => void): void {
		connected();
	}

	end(ended?: () => void): void {
		ended?.();
	}

	ref(): void {}

	unref(): void {}
}

const peer = (Pool: typeof Original): ResourcePeer => ({
	modes: ["defaults", "off", "limits"],
	create(max, mode) {
		const pool = new Pool(
			{
				max,
				...(mode === "off" && { idleTimeoutMillis: 0 }),
				...(mode === "limits" && {
					connectionTimeoutMillis: LIMITS.acquire,
					idleTimeoutMillis: LIMITS.idle,
				}),
			},
			StubClient as unknown as Client,
		);
		return {
			acquire: () => pool.connect(),
			release: (client) => (client as { release(): void }).release(),
			end: () => pool.end(),
		};
	},
});

export const pgPool = peer(Original);
export const pgPoolStandIn = peer(StandIn as unknown as typeof Original);
