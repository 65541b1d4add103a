import { describe, test } from "node:test";
import { assert } from "chai";
import { type CheckOptions, enableChecks, type ViolationKind } from "ebbpool/checks";
import { suitesOf } from "../contract/index.ts";
import type { Case } from "../contract/support/kit.ts";
import { majorGC } from "../support/major-gc.ts";
import { onPurpose } from "./on-purpose.ts";
import { quietly } from "./support.ts";

/** What is collected is not asked for here: a test may drop what it got. */
const OPTIONS: CheckOptions = { leaks: false };

/** What a case of the contract comes to with the checks on. */
async function outcomeOf(each: Case): Promise<{ failed: unknown; kinds: ViolationKind[] }> {
	const found = new Set<ViolationKind>();
	const disable = enableChecks({ ...OPTIONS, onViolation: ({ kind }) => found.add(kind) });
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
					const { failed, kinds } = await outcomeOf(each);
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
