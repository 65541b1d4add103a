import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";
import { expect, test } from "vitest";

test("a pool gives an item back", () => {
	const pool = new Pool(() => ({}));
	const item = pool.get();
	pool.put(item);
	expect(pool.get()).toBe(item);
});

test("a buffer, a resource and a slot are lent", async () => {
	const buffer = new ByteBuffer();
	buffer.writeString("vitest");
	expect(buffer.toString()).toBe("vitest");
	const resources = new ResourcePool({ create: () => "connection" });
	await expect(resources.use(async (item) => item)).resolves.toBe("connection");
	const shared = SharedPool.create({ slotSize: 16, slots: 4 });
	await shared.ready;
	shared.put(shared.get());
});
