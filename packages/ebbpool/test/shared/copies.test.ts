import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { assert } from "chai";
import * as original from "ebbpool/shared";

const copy: typeof original = createRequire(import.meta.url)("ebbpool/shared");

describe("two copies of the package in one thread", () => {
	test("are two copies", () => assert.notStrictEqual(copy.SharedPool, original.SharedPool));

	test("take each other's types as parts of a struct, and each other's structs as layouts", () => {
		for (const [mine, theirs] of [
			[original, copy],
			[copy, original],
		] as const) {
			const point = theirs.struct({ x: "f64", y: "f64" });
			const layout = mine.struct({
				name: theirs.struct.utf8(8),
				at: point,
				path: mine.struct.array(point, 2),
				weights: theirs.struct.array("f32", 4),
			});
			const { signature } = mine.struct({
				name: mine.struct.utf8(8),
				at: mine.struct({ x: "f64", y: "f64" }),
				path: mine.struct.array(mine.struct({ x: "f64", y: "f64" }), 2),
				weights: mine.struct.array("f32", 4),
			});
			assert.strictEqual(layout.signature, signature);
			const pool = theirs.SharedPool.create({ layout, slots: 2 });
			const { fields } = pool.get();
			fields.name = "name";
			fields.at.x = 1.5;
			(fields.path[1] as { y: number }).y = 2.5;
			fields.weights[3] = 0.5;
			assert.deepEqual(
				[fields.name, fields.at.x, fields.path[1]?.y, fields.weights[3]],
				["name", 1.5, 2.5, 0.5],
			);
		}
	});

	test("share a thread's pool, and put each other's blocks", () => {
		const pool = original.SharedPool.create({ slotSize: 64, slots: 2, magazine: 0 });
		const same = copy.SharedPool.attach(pool.handle);
		assert.strictEqual(same as unknown, pool);
		const theirs = copy.SharedPool.create({ slotSize: 64, slots: 2, magazine: 0 });
		const block = theirs.get();
		assert.throws(() => pool.put(block), original.PoolError, /expected a block/);
		theirs.put(block);
		assert.strictEqual(theirs.stats().free, 2);
	});
});
