import { describe, test } from "node:test";
import { assert } from "chai";
import { type CheckOptions, enableChecks, type ViolationKind } from "ebbpool/checks";
import { suitesOf } from "../contract/index.ts";
import type { Case } from "../contract/support/kit.ts";
import { majorGC } from "../support/major-gc.ts";
import { onPurpose } from "./on-purpose.ts";
import { quietly } from "./support.ts";

/**
 * A checked `BufferPool` hands memory out in another array than it came in, by which most cases know it: so without that
 * check there. What is collected is not asked for here: a test may drop what it got.
 */
const optionsFor = (part: string): CheckOptions => ({ leaks: false, useAfterPut: part !== "bytes" });

/** What a case of the contract comes to with the checks on. */
async function outcomeOf(
	each: Case,
	options: CheckOptions,
): Promise<{ failed: unknown; kinds: ViolationKind[] }> {
	const found = new Set<ViolationKind>();
	const disable = enableChecks({ ...options, onViolation: ({ kind }) => found.add(kind) });
	let failed: unknown;
	try {
		await quietly(() => each.run({ majorGC }));
	} catch (error) {
		failed = error;
	} finally {
		disable();
	}
	return { failed, kinds: [...found] };
}

for (const [part, suites] of Object.entries(suitesOf)) {
	for (const { name: suite, cases } of suites) {
		describe(`with the checks on: ${part}, ${suite}`, () => {
			for (const each of cases) {
				const expected = onPurpose(each.name);
				const told = expected === undefined ? "holds" : `reports ${expected}`;
				test(`${each.name}: ${told}`, async () => {
					const { failed, kinds } = await outcomeOf(each, optionsFor(part));
					if (expected !== undefined) assert.include(kinds, expected);
					else {
						if (failed !== undefined) throw failed;
						assert.deepEqual(kinds, []);
					}
				});
			}
		});
	}
}
