import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { assert } from "chai";
import { buffers } from "../dist/send-buffer.js";
import { createApp } from "../dist/server.js";
import { answerOf, LIMIT } from "./answers.ts";
import { type Abort, type Exchange, load } from "./load.ts";
import { PipeliningClient } from "./pipelining-client.ts";

const { small, medium, large } = LIMIT;

/** Small answers are the most common. Each begins elsewhere, so that no buffer passes for another. */
const ANSWERS = [small, small, medium, small, small, small, medium, small, small, small, large].map(
	(limit, at) => answerOf(30 * at, limit),
);

/** The proofs of `ebbpool/http` send 10,000, on each framework. */
const REQUESTS = process.env["EBBPOOL_LONG"] ? 10_000 : 2_000;
const CONNECTIONS = 256;
const ABORT_ONE_IN = 10;
const ABORTS: readonly Abort[] = ["sent", "head", "body"];

function* exchanges(count: number): Generator<Exchange> {
	for (let n = 0; n < count; n++) {
		const answer = ANSWERS[n % ANSWERS.length] as (typeof ANSWERS)[number];
		const abort = n % ABORT_ONE_IN === 0 ? ABORTS[(n / ABORT_ONE_IN) % ABORTS.length] : undefined;
		yield { answer, abort };
	}
}

/** More than the operating system takes for a client that does not read: 4 MiB here. */
const PIPELINED = Array.from({ length: 32 }, (_, at) => answerOf(5 * at, large));

describe("the server", () => {
	const app = createApp();
	let origin: string;

	before(async () => {
		origin = await app.listen({ host: "127.0.0.1", port: 0 });
	});

	after(() => app.close());

	/** Runs a client and checks that the pool has all again. */
	async function withoutLoss(run: () => Promise<void>): Promise<{ taken: number; made: number }> {
		const before = buffers.stats();
		await run();
		const { gets, puts, misses, rejected, discarded } = buffers.stats();
		assert.strictEqual(puts, gets);
		assert.deepEqual({ rejected, discarded }, { rejected: 0, discarded: 0 });
		return { taken: (gets as number) - (before.gets as number), made: misses - before.misses };
	}

	it(`answers ${REQUESTS} requests to the byte, ${CONNECTIONS} at a time, one in ten given up`, async () => {
		const { taken, made } = await withoutLoss(() => load(origin, exchanges(REQUESTS), CONNECTIONS));
		// A request that was given up may not have reached its handler.
		assert.isOk(taken > REQUESTS * 0.9 && taken <= REQUESTS, `${taken} buffers were taken`);
		assert.isOk(made <= CONNECTIONS, `${made} buffers were made`);
	});

	it("keeps its hands off the buffers of a client that does not read yet", async () => {
		await withoutLoss(async () => {
			const client = await PipeliningClient.connect(origin, PIPELINED);
			await load(origin, exchanges(500), 16);
			assert.deepEqual(await client.read(), []);
			await client.goAway();
		});
	});

	it("gets the buffers back of a client that goes away with many answers outstanding", async () => {
		await withoutLoss(async () => {
			const client = await PipeliningClient.connect(origin, PIPELINED);
			await load(origin, exchanges(100), 16);
			const { gets, puts } = buffers.stats();
			assert.isOk((gets as number) > (puts as number), "nothing was outstanding");
			await client.goAway();
		});
	});

	it("gets the buffer back of a client that is gone before there is an answer", async () => {
		const slow = createApp();
		const gone: Promise<unknown>[] = [];
		slow.addHook("preHandler", async ({ raw: { socket } }) => {
			gone.push(once(socket, "close"));
			await gone.at(-1);
		});
		const { taken } = await withoutLoss(async () => {
			const address = await slow.listen({ host: "127.0.0.1", port: 0 });
			const client = await PipeliningClient.connect(address, PIPELINED.slice(0, 1));
			while (gone.length === 0) await turn();
			await client.goAway();
			await slow.close();
		});
		assert.strictEqual(taken, 1);
	});
});
