import assert from "node:assert/strict";
import { test } from "node:test";
import { formatTally, sumTallies, tallyOfStep } from "../lib/tally.mjs";

test("a step's tally is its last closing line, whatever stands around it", () => {
	const output = "ok a\n1 passed, 0 failed, 0 skipped\nmore\n3 passed, 1 failed, 2 skipped\nnpm error\n";
	assert.deepEqual(tallyOfStep(output, 1), { passed: 3, failed: 1, skipped: 2 });
});

test("a step that fails without saying why counts as a failure", () => {
	assert.deepEqual(tallyOfStep("3 passed, 0 failed, 0 skipped\n", 1), { passed: 3, failed: 1, skipped: 0 });
	assert.deepEqual(tallyOfStep("it crashed\n", 134), { passed: 0, failed: 1, skipped: 0 });
});

test("a step that says nothing counts as one thing tried", () => {
	assert.deepEqual(tallyOfStep("", 0), { passed: 1, failed: 0, skipped: 0 });
});

test("the sum is written as the closing line that is read", () => {
	const sum = sumTallies([
		{ passed: 3, failed: 1, skipped: 2 },
		{ passed: 4, failed: 0, skipped: 1 },
	]);
	assert.equal(formatTally(sum), "7 passed, 1 failed, 3 skipped");
	assert.deepEqual(tallyOfStep(`${formatTally(sum)}\n`, 1), sum);
});
