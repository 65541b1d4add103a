import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";

declare const console: { log(text: string): void };

async function main(): Promise<void> {
	const pool = new Pool({ new: () => new ByteBuffer(64) });
	pool.use((buffer) => buffer.writeString("ts-node"));
	const resources = new ResourcePool({ create: () => "connection" });
	await resources.use(async (item) => item.length);
	const shared = SharedPool.create({ slotSize: 16, slots: 4 });
	await shared.ready;
	shared.put(shared.get());
	console.log("well");
}

void main();
