import { afterEach, describe, test } from "node:test";
import { assert } from "chai";
import { Pool, type PoolOptions } from "ebbpool";
import { BufferPool } from "ebbpool/bytes";
import { enableChecks, type PoolViolation } from "ebbpool/checks";
import { ResourcePool } from "ebbpool/resource";

interface Frame {
	pixels: number[];
	title: string;
}

const Frames: new (options: PoolOptions<Frame> & { readonly new: () => Frame }) => Pool<Frame> = Pool;

/** As a user writes one: arguments, fields, and methods of its own that prepare and clean items. */
class FramePool extends Frames {
	readonly #width: number;
	taken = 0;

	constructor(width: number) {
		super({ name: "frames", new: () => ({ pixels: [], title: "" }) });
		this.#width = width;
	}

	override get(): Frame {
		const frame = super.get();
		frame.pixels.length = this.#width;
		this.taken++;
		return frame;
	}

	override put(frame: Frame): void {
		frame.title = "";
		super.put(frame);
	}
}

class WidePool extends FramePool {}

let disable = () => {};
let found: PoolViolation[] = [];

function watch(): void {
	found = [];
	disable = enableChecks({ onViolation: (violation) => void found.push(violation) });
}

const kinds = () => found.map(({ kind }) => kind);

describe("pools of a user's subclass", () => {
	afterEach(() => disable());

	for (const Class of [FramePool, WidePool]) {
		test(`${Class.name}: what it does itself is no violation, what its user does wrong is one`, () => {
			watch();
			const pool = new Class(4);
			for (let i = 0; i < 3; i++) pool.put(pool.get());
			pool.use((frame) => frame.pixels.fill(0));
			assert.deepEqual(found, []);
			assert.isTrue(pool instanceof Class && pool instanceof Pool);
			assert.equal(pool.taken, 4);
			const frame = pool.get();
			assert.equal(frame.pixels.length, 4);
			pool.put(frame);
			frame.title = "late";
			assert.deepEqual(kinds(), ["useAfterPut"]);
			assert.equal(found[0]?.pool, "frames");
		});
	}

	test("a second put is found, and each session has its own pools", () => {
		const before = new FramePool(1);
		before.put({ pixels: [], title: "" });
		for (let i = 0; i < 3; i++) {
			watch();
			const pool = new WidePool(1);
			const other = new Pool<object>();
			const frame = Pool.prototype.get.call(pool) as Frame;
			Pool.prototype.put.call(pool, frame);
			pool.discard(pool.get());
			other.put(frame);
			const mine = pool.get();
			pool.put(mine);
			assert.throws(() => {
				disable();
				disable = enableChecks();
				const strict = new WidePool(1);
				const one = strict.get();
				strict.put(one);
				Object.getPrototypeOf(FramePool.prototype).put.call(strict, one);
			}, /doublePut/);
			disable();
		}
		assert.equal(before.get().title, "");
		const after = new WidePool(2);
		const frame = after.get();
		after.put(frame);
		frame.title = "late";
		after.put(frame);
		assert.deepEqual(found, []);
	});

	test("of BufferPool and ResourcePool likewise", async () => {
		class Bodies extends BufferPool {}
		class Connections extends ResourcePool<object> {}
		watch();
		const bodies = new Bodies({ name: "bodies" });
		const array = bodies.get(100);
		bodies.put(array);
		bodies.put(array);
		assert.deepEqual(kinds(), ["doublePut"]);
		const connections = new Connections({ create: () => ({}) });
		const lease = await connections.acquire();
		await lease.release();
		await lease.release();
		assert.deepEqual(kinds(), ["doublePut", "doublePut"]);
		assert.isTrue(connections instanceof Connections);
	});
});
