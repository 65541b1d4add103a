import { execFile, spawnSync } from "node:child_process";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { assert } from "chai";
import { Observer } from "./support/observer.ts";
import { PgBouncer } from "./support/pgbouncer.ts";
import { Postgres } from "./support/postgres.ts";
import { missing } from "./support/programs.ts";
import type { Server } from "./support/server.ts";

const PROCESSES = 4;
const BACKENDS = 3;
const QUERIES = 500;

const skip = missing("postgres", "initdb", "pgbouncer");
const worker = fileURLToPath(new URL("support/pgbouncer-worker.js", import.meta.url));
const run = promisify(execFile);

function userOf(server: Server): string {
	return spawnSync("ps", ["-o", "user:20=", "-p", String(server.pid)], { encoding: "utf8" }).stdout.trim();
}

test(`${PROCESSES} processes with a pool of 5 each share ${BACKENDS} backends through PgBouncer in transaction mode`, {
	skip,
	timeout: 300_000,
}, async (t) => {
	const server = await Postgres.start();
	const bouncer = await PgBouncer.start(server.port, BACKENDS);
	// PgBouncer passes the application's name on.
	const observer = await Observer.connect(server.connection, "ebbpool-bouncer");
	try {
		if (process.getuid?.() === 0) {
			assert.deepEqual([userOf(server), userOf(bouncer)], ["postgres", "pgbouncer"]);
		}
		const processes = Promise.all(
			Array.from({ length: PROCESSES }, (_, name) =>
				run(process.execPath, [worker, String(bouncer.port), String(name), String(QUERIES)]),
			),
		);
		let most = 0;
		let over = false;
		void processes
			.finally(() => {
				over = true;
			})
			.catch(() => {});
		while (!over) {
			most = Math.max(most, await observer.backends());
			await setTimeout(5);
		}
		for (const { stdout } of await processes) {
			assert.deepEqual(JSON.parse(stdout), { right: QUERIES, wrong: 0, errors: [] });
		}
		assert.isOk(most > 0 && most <= BACKENDS, `${most} backends`);
		t.diagnostic(`${PROCESSES * QUERIES} transactions right, ${most} backends at most`);
	} finally {
		await observer.end();
		await bouncer.end();
		await server.end();
	}
});
