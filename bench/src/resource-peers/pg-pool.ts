import { EventEmitter } from "node:events";
import Pool from "pg-pool";
import { LIMITS, type ResourcePeer } from "./peer.ts";

type Client = ConstructorParameters<typeof Pool>[1];

/** A client of `pg` without a server: it has what the pool calls. */
class StubClient extends EventEmitter {
	connect(connected: (error?: Error) => void): void {
		connected();
	}

	end(ended?: () => void): void {
		ended?.();
	}

	ref(): void {}

	unref(): void {}
}

export const pgPool: ResourcePeer = {
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
};
