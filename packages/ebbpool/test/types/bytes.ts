import { Pool } from "ebbpool";
import {
	BufferPool,
	type BufferPoolOptions,
	type BufferPoolStats,
	ByteBuffer,
	type RetainPolicy,
	retain,
	type SizeClassStats,
	type SizingRetainPolicy,
	type StorageSource,
} from "ebbpool/bytes";
import { expectType } from "./equal.ts";

// Compiled, never run: what must compile, and below it what must not.

export function rentsArraysThatOwnTheirMemory(): void {
	const buffers = new BufferPool({
		name: "frames",
		maxLength: 2 ** 24,
		zero: "put",
		order: "victim-first",
		stats: true,
	});
	expectType<Uint8Array<ArrayBuffer>>()(buffers.get(1000));
	expectType<void>()(buffers.put(buffers.get(1000)));
	const received: Uint8Array = new Uint8Array(64);
	buffers.put(received);
	expectType<string | undefined>()(buffers.name);
	using block = new BufferPool();
	block.clear();
	const options: BufferPoolOptions = { name: undefined, zero: false, order: undefined };
	new BufferPool(options);
}

export function tellsItsStatistics(): void {
	const stats: BufferPoolStats = new BufferPool().stats();
	expectType<number>()(stats.bytes);
	expectType<readonly SizeClassStats[]>()(stats.classes);
	for (const { length, local, gets } of stats.classes) {
		expectType<number>()(length);
		expectType<number>()(local);
		expectType<number | undefined>()(gets);
	}
}

export function lendsStorageToBuffers(): void {
	const pool = new BufferPool();
	using buffer = new ByteBuffer({ capacity: 64, pool });
	expectType<Uint8Array<ArrayBuffer>>()(buffer.bytes());
	const source: StorageSource = pool;
	new ByteBuffer({ pool: source });
	new ByteBuffer(1024);
}

export function spreadsPoliciesIntoPools(): void {
	expectType<RetainPolicy>()(retain.upTo(1024));
	expectType<RetainPolicy>()(retain.shrink(3));
	expectType<SizingRetainPolicy>()(retain.used({ ratio: 4, strikes: 4 }));
	expectType<SizingRetainPolicy>()(retain.calibrated({ interval: 1000, percentile: 0.99 }));
	expectType<ByteBuffer>()(new Pool({ new: () => new ByteBuffer(1024), ...retain.upTo(64 * 1024) }).get());
	expectType<Pool<ByteBuffer>>()(new Pool(retain.used()));
	expectType<Pool<ByteBuffer>>()(new Pool({ ...retain.calibrated(), name: "responses", stats: true }));
	expectType<Pool<ByteBuffer, undefined>>()(new Pool(retain.upTo(1024)));
}

export function mustNotCompile(): void {
	const buffers = new BufferPool();

	// @ts-expect-error: how long?
	buffers.get();
	// @ts-expect-error: a number of bytes
	buffers.get("1024");
	// @ts-expect-error: the memory alone is not what is rented
	buffers.put(new ArrayBuffer(64));
	// @ts-expect-error: only bytes
	buffers.put(new Uint16Array(32));
	// @ts-expect-error: nothing is not put by accident
	buffers.put(undefined);
	// @ts-expect-error: wiping happens at the put, or not at all
	new BufferPool({ zero: "get" });
	// @ts-expect-error: nor is it a switch
	new BufferPool({ zero: true });
	// @ts-expect-error: an unknown option
	new BufferPool({ max: 1024 });
	// @ts-expect-error: there are no hooks
	new BufferPool({ dispose: () => {} });
	// @ts-expect-error: two orders
	new BufferPool({ order: "fifo" });
	// @ts-expect-error: a snapshot is read-only
	buffers.stats().bytes = 0;
	// @ts-expect-error: and so is its list
	buffers.stats().classes.push();
	// @ts-expect-error: a pool of buffers rents no arrays
	new ByteBuffer({ pool: new Pool(() => new ByteBuffer()) });
	// @ts-expect-error: a bound
	retain.upTo();
	// @ts-expect-error: a ratio
	retain.shrink("3");
	// @ts-expect-error: an unknown option
	retain.used({ strike: 3 });
	// @ts-expect-error: percentile, one
	retain.calibrated({ percentiles: [0.5, 0.95] });
	// @ts-expect-error: policies are for byte buffers
	new Pool({ new: () => new Uint8Array(64), ...retain.upTo(64) });
	// @ts-expect-error: a policy without `new` leaves the pool without
	new Pool(retain.shrink(3)).get().reset();
}
