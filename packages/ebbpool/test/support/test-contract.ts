import { describe, test } from "node:test";
import { suitesOf } from "../contract/index.ts";
import { collectNow, majorGC } from "./major-gc.ts";

/** Makes a test of each case that a part's contract has. */
export function testContract(part: keyof typeof suitesOf): void {
	test("the collector is exposed", collectNow);
	for (const { name, cases } of suitesOf[part]) {
		describe(name, () => {
			for (const each of cases) test(each.name, () => each.run({ majorGC }));
		});
	}
}
