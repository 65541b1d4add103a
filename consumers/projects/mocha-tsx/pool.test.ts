import assert from "node:assert";
import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";
import { describe, it } from "mocha";

describe("mocha with tsx", () => {
	it("gives an item back", () => {
		const pool = new Pool(() => ({}));
		const item = pool.get();
		pool.put(item);
		assert.equal(pool.get(), item);
	});

	it("lends a buffer, a resource and a slot", async () => {
		const buffer = new ByteBuffer();
		buffer.writeString("mocha");
		assert.equal(buffer.toString(), "mocha");
		const resources = new ResourcePool({ create: () => "connection" });
		assert.equal(await resources.use(async (item) => item), "connection");
		const shared = SharedPool.create({ slotSize: 16, slots: 4 });
		await shared.ready;
		shared.put(shared.get());
	});
});
