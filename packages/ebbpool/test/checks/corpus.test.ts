import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import type { ViolationKind } from "ebbpool/checks";
import { correctItems } from "./corpus/correct-items.ts";
import { correctOddities } from "./corpus/correct-oddities.ts";
import { correctPools } from "./corpus/correct-pools.ts";
import { dirtyPuts } from "./corpus/dirty-put.ts";
import { doublePuts } from "./corpus/double-put.ts";
import { foreignPuts } from "./corpus/foreign-put.ts";
import { leaks } from "./corpus/leaks.ts";
import { outOfScope } from "./corpus/out-of-scope.ts";
import type { Program } from "./corpus/program.ts";
import {
	correctSharedPools,
	sharedDoublePuts,
	sharedLeaks,
	sharedUsesAfterPut,
} from "./corpus/shared-pool.ts";
import { usesAfterPut } from "./corpus/use-after-put.ts";
import { findings } from "./support.ts";

const FAULTY = {
	doublePut: [...doublePuts, ...sharedDoublePuts],
	leaks: [...leaks, ...sharedLeaks],
	useAfterPut: [...usesAfterPut, ...sharedUsesAfterPut],
	dirtyPut: dirtyPuts,
	foreignPut: foreignPuts,
} satisfies Record<ViolationKind, readonly Program[]>;

const EVERY_CHECK = { leaks: true, doublePut: true, useAfterPut: true, dirtyPut: true, foreignPut: true };

/** The source line that a stack begins with. */
function lineOf(stack: string): string {
	const [, file = "", line = ""] = /(file:\/\/\S+?|\/\S+?):(\d+):\d+\)?$/m.exec(stack) ?? [];
	const path = file.startsWith("file:") ? fileURLToPath(file) : file;
	return readFileSync(path, "utf8").split("\n")[Number(line) - 1] ?? "";
}

for (const [kind, programs] of Object.entries(FAULTY) as [ViolationKind, readonly Program[]][]) {
	describe(`${kind} is found, at the line that commits it`, () => {
		for (const program of programs) {
			test(program.name, async () => {
				const found = (await findings(program.run, EVERY_CHECK)).filter(
					(violation) => violation.kind === kind,
				);
				assert.isNotEmpty(found);
				assert.include(lineOf(found[0]?.traces.at(-1)?.stack ?? ""), "// FAULT");
			});
		}
	});

	test(`without ${kind}, nothing of the kind is found`, async () => {
		for (const program of programs) {
			const found = await findings(program.run, { ...EVERY_CHECK, [kind]: false });
			assert.notInclude(
				found.map((violation) => violation.kind),
				kind,
				program.name,
			);
		}
	});
}

describe("nothing is found in a correct program", () => {
	for (const program of [...correctItems, ...correctOddities, ...correctPools, ...correctSharedPools]) {
		test(program.name, async () => {
			assert.deepEqual(
				(await findings(program.run)).map((violation) => violation.message),
				[],
			);
		});
	}
});

describe("what the guide leaves out is not found", () => {
	for (const program of outOfScope) {
		test(program.name, async () => {
			assert.deepEqual(
				(await findings(program.run)).map((violation) => violation.message),
				[],
			);
		});
	}
});

test("the corpus is as large as it says", () => {
	const faulty = Object.values(FAULTY).flat();
	assert.isAtLeast(faulty.length, 40);
	for (const programs of Object.values(FAULTY)) assert.isAtLeast(programs.length, 4);
	assert.isAtLeast(correctItems.length + correctOddities.length + correctPools.length, 40);
});
