const { Pool, PoolError } = require("ebbpool");
const { ByteBuffer } = require("ebbpool/bytes");
const { ResourcePool } = require("ebbpool/resource");
const { SharedPool } = require("ebbpool/shared");

test("a pool gives an item back", () => {
	const pool = new Pool(() => ({}));
	const item = pool.get();
	pool.put(item);
	expect(pool.get()).toBe(item);
});

test("a buffer holds text", () => {
	const buffer = new ByteBuffer();
	buffer.writeString("jest");
	expect(buffer.toString()).toBe("jest");
	expect(buffer.bytes()).toBeInstanceOf(Uint8Array);
});

test("a resource is lent", async () => {
	const pool = new ResourcePool({ create: () => "connection" });
	await expect(pool.use(async (item) => item)).resolves.toBe("connection");
	await pool.drain();
});

test("a slot is lent", async () => {
	const pool = SharedPool.create({ slotSize: 16, slots: 4 });
	await pool.ready;
	pool.put(pool.get());
});

test("an error is a PoolError", () => {
	expect(() => new Pool({ unknown: 1 })).toThrow(PoolError);
});
