/** @jest-environment jsdom */
test("a pool gives an item back", () => {
	const { Pool } = require("ebbpool");
	const pool = new Pool(() => document.createElement("div"));
	const item = pool.get();
	pool.put(item);
	expect(pool.get()).toBe(item);
});

test("a buffer holds numbers", () => {
	const { ByteBuffer } = require("ebbpool/bytes");
	const buffer = new ByteBuffer();
	buffer.writeUint16LE(513);
	expect(buffer.readUint16LE()).toBe(513);
});

test("a resource is lent", async () => {
	const { ResourcePool } = require("ebbpool/resource");
	const pool = new ResourcePool({ create: () => "connection" });
	await expect(pool.use(async (item) => item)).resolves.toBe("connection");
	await pool.drain();
});
