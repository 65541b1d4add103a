// Compiled by every compiler, without DOM, without Node's types and without the library `esnext.disposable`. Under
// TypeScript before 5.7 a buffer that is `any` would make an unused `@ts-expect-error` of each line below one.
import { type Lease, Pool, PoolError } from "ebbpool";
import { BufferPool, ByteBuffer, retain } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool, struct } from "ebbpool/shared";

const arrays = new BufferPool();
const bytes: Uint8Array = arrays.get(3);
arrays.put(bytes);
// @ts-expect-error a buffer is no string
const noString: string = arrays.get(3);
// @ts-expect-error nor any
arrays.get(3).unknown;
// @ts-expect-error a view is no string
const noView: string = new ByteBuffer().bytes();
const shared = SharedPool.create({ slotSize: 16, slots: 4 });
// @ts-expect-error shared memory is no string
const noBlock: string = shared.get().bytes;
const buffer: ArrayBufferLike = shared.get().bytes.buffer;

function item(): number {
	using lease = new Pool({ new: () => 4 }).lease();
	const same: Lease<number> = lease;
	return same.item;
}

async function resource(): Promise<number> {
	await using lease = await new ResourcePool({ create: async () => 5 }).acquire({ timeout: 1_000 });
	return lease.item;
}

const tasks = SharedPool.create({ layout: struct({ id: "u32" }), slots: 4 });
const id: number = tasks.get().fields.id;
const texts = new Pool({ ...retain.used(), new: () => new ByteBuffer(64) });
const text: string = texts.use((each) => each.toString());
const empty: string | undefined = new Pool<string>().get();

export const all = [bytes, noString, noView, noBlock, buffer, id, text, empty, PoolError, item, resource];
