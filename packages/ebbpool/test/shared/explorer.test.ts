import { describe, test } from "node:test";
import { assert } from "chai";
import { type Exploration, explore } from "./explorer/explore.ts";
import { FAULTS } from "./explorer/faults.ts";
import { SETTINGS } from "./explorer/settings.ts";

const long = process.env.EBBPOOL_LONG === "1";
const skip = long ? false : "only with EBBPOOL_LONG=1";

function told({ states, transitions, longest, wrapped, complete }: Exploration): string {
	const extent = complete ? "all" : "the first";
	return `${extent} ${states} states, ${transitions} transitions, longest operation ${longest} steps, ${wrapped} left out at a wrap`;
}

describe("every interleaving keeps I1–I6", () => {
	for (const setting of SETTINGS) {
		test(setting.name, { skip: setting.long === true && skip }, async (t) => {
			const exploration = await explore(setting);
			t.diagnostic(`${setting.name}: ${told(exploration)}`);
			assert.isUndefined(exploration.violation, exploration.trace.join("\n"));
			if (setting.limit === undefined) assert.isTrue(exploration.complete);
		});
	}
});

describe("the explorer finds seeded faults", () => {
	for (const fault of FAULTS) {
		test(fault.name, { skip: fault.long === true && skip }, async (t) => {
			const { violation, states, trace } = await explore(fault.setting, fault);
			t.diagnostic(`${fault.name}: ${violation} after ${states} states and ${trace.length} steps`);
			assert.match(violation ?? "none found", new RegExp(`^${fault.breaks}:`));
		});
	}
});
