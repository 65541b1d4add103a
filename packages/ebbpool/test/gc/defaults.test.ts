import { test } from "node:test";
import FakeTimers from "@sinonjs/fake-timers";
import { assert } from "chai";
import { Pool } from "ebbpool";

test("unless told otherwise, pools age after two minutes without a collection, and not before", () => {
	const clock = FakeTimers.install({ toNotFake: ["nextTick", "queueMicrotask"] });
	try {
		const pool = new Pool<object>();
		pool.put({});
		clock.tick(119_999);
		assert.deepInclude(pool.stats(), { local: 1, victim: 0 });
		clock.tick(1);
		assert.deepInclude(pool.stats(), { local: 0, victim: 1 });
		clock.tick(120_000);
		assert.deepInclude(pool.stats(), { local: 0, victim: 0, evicted: 1 });
	} finally {
		clock.uninstall();
	}
});
