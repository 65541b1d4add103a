import { test } from "node:test";
import { assert } from "chai";
import { failuresIn } from "../lib/failures.mjs";

test("a failure of our own checks is found with the first lines of its reason", () => {
	const output =
		"ok      a\nFAILED  b\n        one\n        two\n        three\n        four\nok      c\n1 passed, 1 failed, 0 skipped\n";
	assert.deepEqual(failuresIn(output), ["FAILED  b", "        one", "        two", "        three"]);
});

test("a failure that the test runner names twice is told once, with its reason", () => {
	const output =
		"✔ good (1ms)\n✖ bad (2ms)\n✔ fine (1ms)\n✖ failing tests:\n\ntest at x.js:1:1\n✖ bad (2ms)\n  AssertionError: no\n";
	assert.deepEqual(failuresIn(output), ["✖ bad (2ms)", "  AssertionError: no"]);
});

test("what passed says nothing, whatever words it has", () => {
	assert.deepEqual(
		failuresIn("ok      a hook FAILED as it should\n✔ ✖ is drawn (1ms)\n1 passed, 0 failed, 0 skipped\n"),
		[],
	);
});
