import { Pool, poolCleanup } from "ebbpool";
import { BufferPool, ByteBuffer, retain } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import type { Program } from "./program.ts";

interface Task {
	id: number;
	name: string;
}

/** Pools used as they should be, the brief's own programs among them. */
export const correctPools: readonly Program[] = [
	{
		name: "the brief: a buffer that is reset before the put",
		run() {
			const pool = new Pool({ new: () => new ByteBuffer() });
			const first = pool.get();
			first.writeString("dirty");
			first.reset();
			pool.put(first);
			using lease = pool.lease();
			lease.item.writeString("append");
		},
	},
	{
		name: "a subclass that prepares items in get and cleans them in put",
		run() {
			class Tasks extends (Pool as new (make: () => Task) => Pool<Task>) {
				#id = 0;
				override get(): Task {
					const task = super.get();
					task.id = ++this.#id;
					return task;
				}
				override put(task: Task): void {
					task.name = "";
					super.put(task);
				}
			}
			const tasks = new Tasks(() => ({ id: 0, name: "" }));
			for (let i = 0; i < 3; i++) tasks.use((task) => `${task.id} ${task.name}`);
		},
	},
	{
		name: "the brief: a found string beside those of `new`",
		run() {
			const pool = new Pool<string>({ new: () => "New Object" });
			pool.get();
			pool.put("Reusable Object");
			pool.get();
			pool.get();
		},
	},
	{
		name: "the brief: a task that is cleaned by hand",
		run() {
			const pool = new Pool<Task>();
			pool.new = () => ({ id: 0, name: "" });
			const task = pool.get() as Task;
			task.id = 1;
			task.name = "Example";
			task.id = 0;
			task.name = "";
			pool.put(task);
		},
	},
	{
		name: "the brief: large buffers are not returned",
		run() {
			const pool = new Pool({ new: () => new ByteBuffer(64), ...retain.upTo(512) });
			const buffer = pool.get();
			buffer.grow(10_000);
			pool.put(buffer);
			pool.use((small) => small.writeString("x"));
		},
	},
	{
		name: "every policy of retain",
		run() {
			for (const policy of [
				retain.upTo(512),
				retain.shrink(3),
				retain.used(),
				retain.calibrated({ interval: 2 }),
			]) {
				const pool = new Pool({ new: () => new ByteBuffer(64), ...policy });
				for (const length of [10, 1_000, 10]) pool.use((buffer) => buffer.grow(length));
			}
		},
	},
	{
		name: "a counter in reset, which is not what it was when new",
		run() {
			const pool = new Pool({ new: () => ({ uses: 0 }), reset: (item) => void item.uses++ });
			for (let i = 0; i < 5; i++) pool.use(() => {});
		},
	},
	{
		name: "a capacity that grows",
		run() {
			const pool = new Pool({
				new: () => ({ capacity: 8, length: 0 }),
				reset: (item) => {
					item.length = 0;
				},
			});
			pool.use((item) => {
				item.capacity = 16;
				item.length = 9;
			});
		},
	},
	{
		name: "items that are discarded",
		run() {
			const pool = new Pool({
				new: () => ({ broken: false }),
				dispose: (item) => Object.assign(item, { broken: true }),
			});
			const item = pool.get();
			pool.discard(item);
			if (!item.broken) throw new Error("not disposed of");
		},
	},
	{
		name: "dispose reads what it disposes of",
		run() {
			const closed: number[] = [];
			const pool = new Pool({
				new: () => ({ handle: 7 }),
				dispose: ({ handle }) => void closed.push(handle),
			});
			pool.use(() => {});
			poolCleanup();
			poolCleanup();
			if (closed.join() !== "7") throw new Error(`disposed of ${closed}`);
		},
	},
	{
		name: "dispose that gives back",
		run() {
			let again = true;
			const pool: Pool<object> = new Pool<object>({
				new: () => ({}),
				dispose: (item) => {
					if (again) pool.put(item);
					again = false;
				},
			});
			pool.use(() => {});
			pool.clear();
		},
	},
	{
		name: "an item kept for the life of the program",
		run() {
			const pool = new Pool({ new: () => ({ kept: true }) });
			Object.assign(correctPools, { forEver: pool.get() });
		},
	},
	{
		name: "a pool that is disposed of while items are out",
		run() {
			const pool = new Pool({ new: () => ({}) });
			const item = pool.get();
			pool[Symbol.dispose]();
			pool.put(item);
		},
	},
	{
		name: "items that move between two pools",
		run() {
			const clean = new Pool({ new: () => ({ value: 0 }) });
			const dirty = new Pool<{ value: number }>();
			dirty.put(clean.get());
			clean.put(dirty.get());
		},
	},
	{
		name: "a new `new` later",
		run() {
			const pool = new Pool({ new: () => ({ version: 1 }) });
			pool.use(() => {});
			pool.new = () => ({ version: 2 });
			const both = [pool.get(), pool.get()];
			for (const item of both) pool.put(item);
		},
	},
	{
		name: "use with a promise",
		async run() {
			const pool = new Pool({ new: () => [] as number[], reset: (list) => void list.splice(0) });
			await pool.use(async (list) => {
				await Promise.resolve();
				list.push(1);
			});
		},
	},
	{
		name: "rented arrays, and views that are not used any more",
		run() {
			const pool = new BufferPool();
			for (const length of [10, 1_000, 100_000]) {
				const array = pool.get(length);
				array.subarray(0, 5).fill(1);
				pool.put(array);
			}
		},
	},
	{
		name: "a rented array that is copied before it goes back",
		run() {
			const pool = new BufferPool({ zero: "put" });
			const array = pool.get(64);
			array.fill(3);
			const copy = array.slice(0, 4);
			pool.put(array);
			if (copy[0] !== 3) throw new Error("the copy is gone");
			if (pool.get(64).some((byte) => byte !== 0)) throw new Error("not zeroed");
		},
	},
	{
		name: "ByteBuffers that hold as much each time, and one that an item makes when it is first needed",
		run() {
			class Page extends ByteBuffer {
				title = "";
			}
			const pages = new Pool({
				new: () => new Page(64),
				reset: (page) => {
					page.reset();
					page.title = "";
				},
			});
			const drained = new Pool({ new: () => new ByteBuffer(64), reset: (buffer) => buffer.truncate(0) });
			const answers = new Pool({
				new: (): { body?: ByteBuffer } => ({}),
				reset: ({ body }) => body?.reset(),
			});
			for (let i = 0; i < 3; i++) {
				pages.use((page) => {
					page.title = "home";
					page.writeString("hello");
				});
				drained.use((buffer) => {
					buffer.writeString("hello");
					buffer.next(2);
				});
				answers.use((answer) => {
					answer.body ??= new ByteBuffer();
					answer.body.writeString("hello");
				});
			}
		},
	},
	{
		name: "a ByteBuffer with storage of a BufferPool",
		run() {
			const pool = new BufferPool();
			using buffer = new ByteBuffer({ pool, capacity: 16 });
			buffer.writeString("x".repeat(10_000));
		},
	},
	{
		name: "connections that are released once each",
		async run() {
			const pool = new ResourcePool({ create: () => ({ open: true }), max: 2 });
			await Promise.all([1, 2, 3].map(() => pool.use(async (connection) => connection.open)));
			const lease = await pool.acquire();
			if (!lease.item.open) throw new Error("not open");
			await lease.discard();
			await pool.drain();
		},
	},
];
