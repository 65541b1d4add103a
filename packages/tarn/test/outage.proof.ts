import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "@ebbpool/tarn";
import { assert } from "chai";

interface Connection {
	broken: boolean;
}

test("1,000 callers wait while the server is away for 5 s: one attempt at a time, and all are served when it is back", async () => {
	const open = new Set<Connection>();
	let away = false;
	let [underWay, most, attempts, served] = [0, 0, 0, 0];
	const pool = new Pool<Connection>({
		min: 0,
		max: 10,
		acquireTimeoutMillis: 120_000,
		async create() {
			const wasAway = away;
			if (wasAway) {
				attempts++;
				most = Math.max(most, ++underWay);
			}
			await sleep(5);
			if (wasAway) underWay--;
			if (wasAway || away) throw new Error("connection refused");
			const connection = { broken: false };
			open.add(connection);
			return connection;
		},
		validate: ({ broken }) => !broken,
		destroy: (connection) => void open.delete(connection),
	});
	const held = await Promise.all(Array.from({ length: 10 }, () => pool.acquire().promise));
	const callers = Array.from({ length: 1_000 }, async () => {
		const connection = await pool.acquire().promise;
		assert.isFalse(connection.broken);
		await sleep(1);
		served++;
		pool.release(connection);
	});
	away = true;
	for (const connection of open) connection.broken = true;
	for (const connection of held) pool.release(connection);
	await sleep(5_000);
	assert.strictEqual(served, 0);
	assert.isAbove(attempts, 3);
	away = false;
	await Promise.all(callers);
	assert.strictEqual(served, 1_000);
	assert.strictEqual(most, 1, "attempts at a time");
	assert.deepEqual([pool.numUsed(), pool.numPendingAcquires()], [0, 0]);
	await pool.destroy();
});
