import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { WORKLOADS } from "../dist/workloads/index.js";
import { loop } from "../dist/workloads/loop.js";
import { VARIANTS } from "../dist/workloads/workload.js";

describe("every workload", () => {
	for (const { name, open } of WORKLOADS) {
		it(`gives the same result fresh and pooled: ${name}`, async () => {
			const digests = new Set<string>();
			for (const variant of VARIANTS) {
				const session = await open(variant);
				try {
					digests.add(await session.verify());
					const { operations, start, end } = await session.run(100);
					assert.ok(operations > 0);
					assert.ok(end - start >= 100);
					const { p50, p99 } = await session.takeLatency();
					assert.ok(p50 > 0 && p50 <= p99, `p50 ${p50} ns, p99 ${p99} ns`);
					digests.add(await session.verify());
				} finally {
					await session.close();
				}
			}
			assert.equal(digests.size, 1);
		});
	}
});

describe("a loop", () => {
	it("stops at a result that is not the one it verified", async () => {
		let spoiled = false;
		const session = loop(2, (input) => (spoiled && input === 1 ? -1 : input));
		await session.verify();
		await session.run(5);
		spoiled = true;
		await assert.rejects(session.run(5), /input 1: expected 1, got -1/u);
	});

	it("does not verify what differs from one pass to the next", async () => {
		let pass = 0;
		const session = loop(1, (_, audit) => {
			audit?.update(String(pass++));
			return 0;
		});
		await assert.rejects(session.verify(), /another result the second time/u);
	});
});
