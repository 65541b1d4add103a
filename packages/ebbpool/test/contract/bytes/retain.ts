import { assert } from "chai";
import { Pool, type PoolOptions, poolCleanup } from "ebbpool";
import { BufferPool, ByteBuffer, retain } from "ebbpool/bytes";
import { expectCode } from "../support/expect.ts";
import type { Case, Suite } from "../support/kit.ts";
import { keeps, use } from "./policy-uses.ts";

const fresh = { new: () => new ByteBuffer() };

const policies: Record<string, () => PoolOptions<ByteBuffer> & { new: () => ByteBuffer }> = {
	upTo: () => ({ ...fresh, ...retain.upTo(2 ** 20) }),
	shrink: () => ({ ...fresh, ...retain.shrink(4) }),
	used: () => retain.used(),
	calibrated: () => retain.calibrated(),
};

const wrongCalls: Record<string, readonly (() => unknown)[]> = {
	upTo: [undefined, null, -1, 0.5, Number.NaN, Infinity, "1024", 64n, {}].map(
		(bytes) => () => retain.upTo(bytes as number),
	),
	shrink: [undefined, null, 0, 0.99, -3, Number.NaN, "3", 3n, {}].map(
		(ratio) => () => retain.shrink(ratio as number),
	),
	used: [
		null,
		4,
		"4",
		[],
		{ ratio: 0.5 },
		{ ratio: Number.NaN },
		{ ratio: "4" },
		{ ratio: null },
		{ strikes: -1 },
		{ strikes: 1.5 },
		{ strikes: Infinity },
		{ strikes: "4" },
		{ strike: 4 },
		{ min: undefined },
	].map((options) => () => retain.used(options as object)),
	calibrated: [
		null,
		42_000,
		[],
		{ interval: 0 },
		{ interval: 1.5 },
		{ interval: Infinity },
		{ interval: "100" },
		{ percentile: -0.01 },
		{ percentile: 1.01 },
		{ percentile: 95 },
		{ percentile: Number.NaN },
		{ percentile: "0.95" },
		{ percentiles: 0.95 },
	].map((options) => () => retain.calibrated(options as object)),
};

const upToCases: Case[] = [
	{
		name: "upTo: what has grown beyond the bound is not pooled, whatever was used of it",
		run() {
			const pool = new Pool({ ...fresh, ...retain.upTo(512) });
			assert.isTrue(keeps(pool, 0, 0));
			assert.isTrue(keeps(pool, 512, 512));
			assert.isFalse(keeps(pool, 513, 513));
			assert.isFalse(keeps(pool, 513, 0));
			assert.strictEqual(pool.stats().rejected, 2);
		},
	},
	{
		name: "upTo(0) pools only buffers without storage",
		run() {
			const pool = new Pool({ ...fresh, ...retain.upTo(0) });
			assert.isTrue(keeps(pool, 0, 0));
			assert.isFalse(keeps(pool, 1, 0));
		},
	},
];

const shrinkCases: Case[] = [
	{
		name: "shrink: storage of more than ratio times what was used is replaced by just what was used",
		run() {
			const pool = new Pool({ ...fresh, ...retain.shrink(3) });
			for (const [capacity, used, left] of [
				[300, 100, 300],
				[301, 100, 100],
				[64, 12, 12],
				[64, 22, 64],
				[1_000_000, 1, 1],
				[1000, 0, 0],
				[0, 0, 0],
			] as const) {
				assert.isTrue(keeps(pool, capacity, used));
				assert.strictEqual(pool.get().capacity, left, `${used} used of ${capacity}`);
			}
			assert.strictEqual(pool.stats().rejected, 0);
		},
	},
	{
		name: "shrink: what was used is the most that was held at once, also if it was read since",
		run() {
			const pool = new Pool({ ...fresh, ...retain.shrink(3) });
			const buffer = new ByteBuffer(1000);
			buffer.write(new Uint8Array(200));
			buffer.next(150);
			buffer.write(new Uint8Array(100));
			buffer.next(150);
			pool.put(buffer);
			assert.strictEqual(buffer.capacity, 200);
		},
	},
	{
		name: "shrink: with a ratio of 1 the storage is always just what was used",
		run() {
			const pool = new Pool({ ...fresh, ...retain.shrink(1) });
			for (const bytes of [100, 70, 200]) assert.strictEqual(use(pool, bytes).capacity, bytes);
		},
	},
	{
		name: "shrink: a buffer of a BufferPool gives the larger array back",
		run() {
			const arrays = new BufferPool({ stats: true });
			const pool = new Pool({ new: () => new ByteBuffer({ pool: arrays }), ...retain.shrink(3) });
			const buffer = use(pool, 100_000);
			assert.strictEqual(buffer.capacity, 114_688);
			assert.strictEqual(use(pool, 1000), buffer);
			assert.deepEqual([buffer.capacity, arrays.stats().bytes], [1024, 114_688]);
		},
	},
];

const usedCases: Case[] = [
	{
		name: "used: after more than `strikes` uses of less than capacity / ratio in a row a buffer is dropped",
		run() {
			const pool = new Pool(retain.used());
			const large = use(pool, 100_000);
			for (let strike = 1; strike <= 4; strike++) {
				assert.strictEqual(use(pool, 24_999), large);
				assert.strictEqual(pool.stats().local, 1, `strike ${strike}`);
			}
			assert.strictEqual(use(pool, 24_998), large);
			assert.deepInclude(pool.stats(), { local: 0, rejected: 1 });
		},
	},
	{
		name: "used: the buffer after a dropped one has just what its last use took",
		run() {
			const pool = new Pool(retain.used({ strikes: 1 }));
			use(pool, 100_000);
			assert.strictEqual(pool.new?.().capacity, 0, "not before one is dropped");
			use(pool, 300);
			assert.strictEqual(pool.new?.().capacity, 0);
			use(pool, 200);
			assert.deepEqual([pool.stats().local, pool.get().capacity], [0, 200]);
		},
	},
	{
		name: "used: one use that justifies the buffer forgives all strikes",
		run() {
			const pool = new Pool(retain.used());
			const large = use(pool, 100_000);
			for (let round = 0; round < 5; round++) {
				for (let strike = 0; strike < 4; strike++) use(pool, 1);
				assert.strictEqual(use(pool, 25_000), large);
			}
			assert.strictEqual(pool.stats().rejected, 0);
		},
	},
	{
		name: "used: up to 4 KiB is always kept",
		run() {
			const pool = new Pool(retain.used({ strikes: 0 }));
			assert.isTrue(keeps(pool, 4096, 0));
			assert.isFalse(keeps(pool, 4097, 0));
		},
	},
	{
		name: "used: ratio and strikes are as told; buffers are judged one by one",
		run() {
			const pool = new Pool(retain.used({ ratio: 2, strikes: 0 }));
			assert.isTrue(keeps(pool, 10_000, 5000));
			assert.isFalse(keeps(pool, 10_000, 4999));
			const patient = new Pool(retain.used({ strikes: 2 }));
			const [one, other] = [patient.get(), patient.get()];
			for (const [buffer, bytes] of [
				[one, 10_000],
				[other, 10_000],
				[one, 0],
				[one, 0],
				[other, 0],
			] as const) {
				buffer.write(new Uint8Array(bytes));
				patient.put(buffer);
				while (patient.stats().local > 0) patient.get();
			}
			patient.put(other);
			assert.strictEqual(patient.stats().rejected, 0, "its second");
			patient.put(one);
			assert.strictEqual(patient.stats().rejected, 1, "its third");
		},
	},
];

export const bytesRetain: Suite = {
	name: "retain",
	cases: [
		...Object.entries(policies).map(
			([name, policy]): Case => ({
				name: `${name}: a buffer comes back empty, with its storage, and has used nothing yet`,
				run() {
					const pool = new Pool(policy());
					const buffer = use(pool, 3000);
					const { capacity } = buffer;
					assert.strictEqual(pool.get(), buffer);
					assert.deepEqual([buffer.length, buffer.highWater, buffer.capacity], [0, 0, capacity]);
					assert.isAtLeast(capacity, 3000);
				},
			}),
		),
		...Object.entries(policies).map(
			([name, policy]): Case => ({
				name: `${name}: ten buffers of 1 MiB are pooled after ten large uses at once, and gone after two cleanups of small ones`,
				run() {
					const pool = new Pool(policy());
					const out = Array.from({ length: 10 }, () => pool.get());
					for (const buffer of out) buffer.write(new Uint8Array(2 ** 20));
					for (const buffer of out) pool.put(buffer);
					assert.strictEqual(pool.stats().local, 10);
					for (let i = 0; i < 42_000; i++) use(pool, 1000);
					for (let i = 0; i < 2; i++) {
						poolCleanup();
						use(pool, 1000);
					}
					assert.deepInclude(pool.stats(), { local: 1, victim: 0 });
					if (name !== "upTo") assert.isAtMost(pool.get().capacity, 2000);
				},
			}),
		),
		...Object.entries(wrongCalls).map(
			([name, calls]): Case => ({
				name: `${name}: wrong arguments, unknown options and numbers out of range are ERR_POOL_OPTION`,
				run() {
					for (const call of calls)
						assert.include(expectCode("ERR_POOL_OPTION", call).message, `retain.${name}`);
				},
			}),
		),
		{
			name: "options that are undefined count as not given",
			run() {
				for (const policy of [
					retain.used(undefined),
					retain.used({}),
					retain.used({ ratio: undefined, strikes: undefined }),
					retain.calibrated(undefined),
					retain.calibrated({}),
					retain.calibrated({ interval: undefined, percentile: undefined }),
				])
					assert.strictEqual(policy.new().capacity, 0);
			},
		},
		{
			name: "every call makes a policy of its own, so that pools do not learn from each other",
			run() {
				const options = { interval: 1 };
				const [one, other] = [new Pool(retain.calibrated(options)), new Pool(retain.calibrated(options))];
				use(one, 1000);
				one.clear();
				assert.deepEqual([one.get().capacity, other.get().capacity], [1024, 0]);
			},
		},
		{
			name: "one policy in two pools is refused, and the error says what to write instead",
			run() {
				for (const [name, make] of Object.entries(policies)) {
					const policy = make();
					const first = new Pool({ ...policy });
					const { message } = expectCode("ERR_POOL_OPTION", () => new Pool({ ...policy }));
					assert.include(message, `...retain.${name}(`);
					expectCode("ERR_POOL_OPTION", () => new Pool({ ...policy, new: () => new ByteBuffer() }));
					expectCode("ERR_POOL_OPTION", () => new Pool(policy));
					assert.strictEqual(use(first, 100), first.get(), "the first goes on");
					const wrapped = make();
					for (let i = 0; i < 2; i++) {
						new Pool({ ...fresh, reset: (buffer) => wrapped.reset?.(buffer) });
						expectCode("ERR_POOL_OPTION", () => new Pool({ ...wrapped, order: "wrong" as "local-first" }));
					}
					new Pool(wrapped);
				}
			},
		},
		{
			name: "what was used is the most bytes held since the buffer was got, whatever its user resets",
			run() {
				for (const [name, make] of Object.entries({
					...policies,
					calibrated: () => retain.calibrated({ interval: 10 }),
				})) {
					const outcomes = [false, true].map((userResets) => {
						const pool = new Pool(make());
						let grown = 0;
						for (let i = 0; i < 50; i++) {
							const buffer = pool.get();
							const { capacity } = buffer;
							buffer.write(new Uint8Array(100_000));
							if (buffer.capacity !== capacity) grown++;
							if (userResets) {
								buffer.reset();
								buffer.writeString("and a little more");
								buffer.reset();
							}
							pool.put(buffer);
						}
						return { grown, misses: pool.stats().misses, capacity: pool.get().capacity };
					});
					assert.deepEqual(outcomes[1], outcomes[0], name);
				}
				const pool = new Pool({ ...fresh, ...retain.shrink(3) });
				const buffer = pool.get();
				buffer.write(new Uint8Array(100_000));
				buffer.reset();
				pool.put(buffer);
				assert.strictEqual(pool.get().capacity, 100_000);
				pool.put(buffer);
				assert.strictEqual(buffer.capacity, 0, "of the next use it is another story");
			},
		},
		{
			name: "a `new` of one's own goes with every policy",
			run() {
				for (const policy of Object.values(policies)) {
					const pool = new Pool({ ...policy(), new: () => new ByteBuffer(1024) });
					assert.strictEqual(use(pool, 100).capacity, pool.stats().local === 1 ? pool.get().capacity : -1);
				}
			},
		},
		{
			name: "a buffer whose bytes are lent out cannot be pooled",
			async run() {
				const pool = new Pool(retain.used());
				const buffer = pool.get();
				buffer.writeString("on its way");
				const flushed: (() => void)[] = [];
				const sink = new WritableStream({
					write: () => new Promise<void>((resolve) => void flushed.push(resolve)),
				});
				const writing = buffer.writeTo(sink);
				expectCode("ERR_POOL_NOT_HELD", () => pool.put(buffer));
				while (flushed.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
				flushed[0]?.();
				assert.strictEqual(await writing, 10);
				assert.deepInclude(pool.stats(), { rejected: 1, local: 0 });
			},
		},
		...upToCases,
		...shrinkCases,
		...usedCases,
	],
};
