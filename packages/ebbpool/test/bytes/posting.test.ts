import { test } from "node:test";
import { assert } from "chai";
import { ByteBuffer, PoolError } from "ebbpool/bytes";

test("posting a buffer says what to post instead, and prints no source", () => {
	const buffer = new ByteBuffer(64);
	try {
		structuredClone({ buffer });
	} catch (error) {
		assert.instanceOf(error, PoolError);
		assert.include((error as PoolError).message, "postMessage: expected a copy of buffer.bytes()");
		return;
	}
	assert.fail("expected an error");
});
