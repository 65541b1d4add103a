import { parentPort, Worker, workerData } from "node:worker_threads";
import type { SharedBlock, SharedPoolHandle } from "ebbpool/shared";

/** What a test asks a worker to do; it answers each with a number. */
export type Order =
	/** Takes so many slots, fills them with 7 and keeps them. */
	| { readonly name: "hold"; readonly count: number }
	/** Takes so many slots and puts them all. */
	| { readonly name: "use"; readonly count: number }
	/** Puts one of those it holds. */
	| { readonly name: "put" }
	/** Gives one of those it holds away. */
	| { readonly name: "give" }
	/** Gives one of those it holds away, and ends right after it has told of it. */
	| { readonly name: "bequeath" }
	/** Adopts a block and keeps it; answers its first byte. */
	| { readonly name: "adopt"; readonly message: number }
	/** Makes a worker of its own, and has it hold so many slots; tracks it before it is attached, or after. */
	| { readonly name: "employ"; readonly count: number; readonly late?: boolean }
	/** Attaches again, with the layout `{ id: "u32" }`, and answers the id in the block that it holds. */
	| { readonly name: "identify" }
	/** Waits for a slot and keeps it. */
	| { readonly name: "wait" }
	/** Never looks at a message again. */
	| { readonly name: "spin" };

export interface AgentData {
	readonly pool: SharedPoolHandle;
	/** As on engines that have no `Atomics.waitAsync`. */
	readonly withoutWaitAsync?: boolean;
}

const { pool: handle, withoutWaitAsync } = workerData as AgentData;
if (withoutWaitAsync === true) Reflect.deleteProperty(Atomics, "waitAsync");
// Imported after that, since the library looks for it once.
const { SharedPool, struct } = await import("ebbpool/shared");
const pool = SharedPool.attach(handle);
await pool.ready;
const port = parentPort;
if (port === null) throw new Error("this file is a worker");
const held: SharedBlock[] = [];

function hold(block: SharedBlock): void {
	block.bytes.fill(7);
	held.push(block);
}

function release(): SharedBlock {
	const block = held.pop();
	if (block === undefined) throw new Error("holds nothing");
	return block;
}

async function obey(order: Order): Promise<number> {
	switch (order.name) {
		case "hold":
			for (let i = 0; i < order.count; i++) hold(pool.get());
			return held.length;
		case "use": {
			const blocks = Array.from({ length: order.count }, () => pool.get());
			for (const block of blocks) pool.put(block);
			return pool.stats().kept;
		}
		case "put":
			pool.put(release());
			return held.length;
		case "give":
			return pool.give(release());
		case "bequeath":
			setImmediate(() => process.exit());
			return pool.give(release());
		case "adopt": {
			const block = pool.adopt(order.message);
			held.push(block);
			return block.bytes[0] as number;
		}
		case "employ": {
			const data: AgentData = { pool: pool.handle };
			const worker = new Worker(new URL(import.meta.url), { workerData: data });
			if (order.late !== true) pool.track(worker);
			const answer = new Promise<number>((resolve) => worker.once("message", resolve));
			worker.postMessage({ name: "hold", count: order.count } satisfies Order);
			const held = await answer;
			if (order.late === true) pool.track(worker);
			return held;
		}
		case "identify":
			SharedPool.attach(handle, { layout: struct({ id: "u32" }) });
			return (held[0] as SharedBlock<unknown> as SharedBlock<{ id: number }>).fields.id;
		case "wait":
			hold(await pool.getAsync({ timeout: 20_000 }));
			return held.length;
		case "spin":
			for (;;) Math.random();
	}
}

port.on("message", async (order: Order) => port.postMessage(await obey(order)));
