import { describe, test } from "node:test";
import { assert } from "chai";
import { Pool } from "ebbpool";
import { findings } from "./support.ts";

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

describe("a sample of a part of the loans", () => {
	for (const chaos of [false, 1]) {
		test(`gives back what it kept when the pool is emptied${chaos ? ", with chaos" : ""}`, async () => {
			for (const empty of [
				(pool: Pool<object>) => pool.clear(),
				(pool: Pool<object>) => pool[Symbol.dispose](),
			]) {
				const disposed: object[] = [];
				await findings(
					() => {
						const pool = new Pool({
							new: () => ({}),
							dispose: (item) => {
								disposed.push(item);
							},
						});
						const items = Array.from({ length: 8 }, () => pool.get());
						for (const item of items) pool.put(item);
						empty(pool);
						assert.sameMembers(disposed, items);
					},
					{ sample: 0.5, seed: 1, chaos },
				);
			}
		});
	}

	test("tells nothing of what resets set that it did not watch", async () => {
		for (const seed of SEEDS) {
			const found = await findings(
				() => {
					const pool = new Pool({
						new: (): { id: number; idleSince: number; clean?: boolean } => ({ id: 0, idleSince: 0 }),
						reset: (item) => {
							item.id = 0;
							item.idleSince = Date.now();
							item.clean = true;
						},
					});
					for (let i = 0; i < 50; i++) {
						pool.use((item) => {
							item.id = i;
						});
					}
				},
				{ sample: 0.3, seed },
			);
			assert.deepEqual(
				found.map(({ message }) => message),
				[],
				`seed ${seed}`,
			);
		}
	});
});
