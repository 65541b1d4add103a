import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { assert } from "chai";
import { bodyOf, out, poisonedBuffers } from "./support/bodies.ts";
import { type Abort, clientOf } from "./support/clients.ts";
import { servers } from "./support/servers.ts";

const REQUESTS = process.env["EBBPOOL_LONG"] ? 10_000 : 100;
const IN_FLIGHT = process.env["EBBPOOL_LONG"] ? 256 : 64;
const ABORT_ONE_IN = 10;
const ABORTS: readonly Abort[] = ["sent", "head", "body"];

describe(`${REQUESTS} requests, ${IN_FLIGHT} at a time, one in ten given up: every body is right, and every buffer back`, () => {
	for (const [name, start] of Object.entries(servers)) {
		test(name, { timeout: 300_000 + 100 * REQUESTS }, async () => {
			const buffers = poisonedBuffers();
			const server = await start(buffers);
			const client = clientOf(name, server.port);
			let next = 0;
			const wrong: number[] = [];
			async function keepAsking(): Promise<void> {
				while (next < REQUESTS) {
					const n = next++;
					const abort = n % ABORT_ONE_IN === 3 ? ABORTS[((n / ABORT_ONE_IN) % ABORTS.length) | 0] : undefined;
					const body = await client.ask(n, abort);
					if (abort === undefined && body !== bodyOf(n)) wrong.push(n);
				}
			}
			try {
				await Promise.all(Array.from({ length: IN_FLIGHT }, keepAsking));
				assert.deepEqual(wrong, []);
				const deadline = Date.now() + 20_000;
				// What a client gave up comes back when the server learns of it.
				while (out(buffers.stats()) > 0 && Date.now() < deadline) await delay(5);
				const { gets = 0, puts, misses } = buffers.stats();
				assert.strictEqual(puts, gets);
				assert.isAtLeast(gets, REQUESTS * 0.9);
				assert.isAtMost(misses, IN_FLIGHT * 1.5, "buffers are used again");
			} finally {
				client.close();
				await server.close();
			}
		});
	}
});
