import { EventEmitter } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "chai";
import type { Client as RealClient } from "pg";

import Pool = require("@ebbpool/pg-pool");

/** A server that can be away, and its connections. */
class Server {
	away = false;
	attempts = 0;
	/** Attempts that began while it was away: those under way now, and the most at a time. */
	underWay = 0;
	most = 0;
	readonly open = new Set<EventEmitter & { _queryable: boolean }>();

	/** The class of clients that connect to it. */
	clients(): Pool.ClientLikeCtr<RealClient> {
		const server = this;
		class Client extends EventEmitter {
			_queryable = true;
			_ending = false;

			connect(callback: (error?: Error) => void): void {
				const wasAway = server.away;
				if (wasAway) {
					server.attempts++;
					server.most = Math.max(server.most, ++server.underWay);
				}
				setTimeout(() => {
					if (wasAway) server.underWay--;
					if (wasAway || server.away) {
						callback(new Error("connection refused"));
						return;
					}
					server.open.add(this);
					callback();
				}, 5);
			}

			end(callback?: () => void): void {
				this._ending = true;
				server.open.delete(this);
				setImmediate(() => callback?.());
			}
		}
		return Client as unknown as Pool.ClientLikeCtr<RealClient>;
	}

	leave(): void {
		this.away = true;
		for (const client of this.open) {
			client._queryable = false;
			client.emit("error", new Error("connection reset"));
		}
	}
}

/** As pg-pool does, the stand-in tells callers when a connection failed: so they ask again. */
test("1,000 callers ask again and again while the server is away for 5 s: one attempt at a time, and all are served when it is back", async () => {
	const server = new Server();
	const pool = new Pool({ max: 10 }, server.clients());
	pool.on("error", () => {});
	let [served, refused] = [0, 0];
	const held = await Promise.all(Array.from({ length: 10 }, () => pool.connect()));
	const callers = Array.from({ length: 1_000 }, async () => {
		for (;;) {
			try {
				const client = await pool.connect();
				assert.isTrue((client as unknown as { _queryable: boolean })._queryable);
				await sleep(1);
				served++;
				client.release();
				return;
			} catch (error) {
				if ((error as Error).message !== "connection refused") throw error;
				refused++;
			}
		}
	});
	server.leave();
	for (const client of held) client.release();
	await sleep(5_000);
	assert.strictEqual(served, 0);
	assert.isAbove(server.attempts, 3);
	assert.isAbove(refused, 0);
	server.away = false;
	await Promise.all(callers);
	assert.strictEqual(served, 1_000);
	assert.strictEqual(server.most, 1, "attempts at a time");
	assert.strictEqual(pool.waitingCount, 0);
	await pool.end();
});
