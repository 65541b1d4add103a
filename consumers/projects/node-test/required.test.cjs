const assert = require("node:assert");
const { test } = require("node:test");
const { Pool } = require("ebbpool");
const { ByteBuffer } = require("ebbpool/bytes");

test("a pool of buffers gives one back", () => {
	const pool = new Pool(() => new ByteBuffer(64));
	const buffer = pool.get();
	buffer.writeString("node:test");
	assert.equal(buffer.toString(), "node:test");
	pool.put(buffer);
	assert.equal(pool.get(), buffer);
});
