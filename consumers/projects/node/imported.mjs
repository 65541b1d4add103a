import { Pool, PoolError } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";

async function main() {
	const pool = new Pool(() => ({ n: 1 }));
	const item = pool.get();
	pool.put(item);
	if (pool.get() !== item) throw new Error("expected the item back");

	const buffer = new ByteBuffer();
	buffer.writeString("smoke");
	if (buffer.readString(5) !== "smoke") throw new Error("expected the text back");

	const shared = SharedPool.create({ slotSize: 16, slots: 4 });
	await shared.ready;
	shared.put(shared.get());

	const resources = new ResourcePool({ create: () => ({}) });
	await resources.use(() => {});
	await resources.drain();

	try {
		new Pool({ unknown: 1 });
		throw new Error("expected an error");
	} catch (error) {
		if (!(error instanceof PoolError) || error.code !== "ERR_POOL_OPTION") throw error;
	}
	console.log("well");
}

main();
