import { describe, test } from "node:test";
import { suites } from "./contract/index.ts";
import { collectNow, majorGC } from "./support/major-gc.ts";

test("the collector is exposed", collectNow);

for (const { name, cases } of suites) {
	describe(name, () => {
		for (const each of cases) test(each.name, () => each.run({ majorGC }));
	});
}
