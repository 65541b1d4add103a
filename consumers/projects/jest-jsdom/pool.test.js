/** @jest-environment jsdom */
test("every entry point is required in a page that lacks what jsdom lacks", () => {
	const { exports: entries } = require("ebbpool/package.json");
	for (const entry of Object.keys(entries)) require(entry.replace(".", "ebbpool"));
});

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
