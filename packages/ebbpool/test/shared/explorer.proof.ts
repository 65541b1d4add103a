import { describe, test } from "node:test";
import { assert } from "chai";
import { COMPARED } from "./explorer/compared.ts";
import type { Exploration } from "./explorer/exploration.ts";
import { explore } from "./explorer/explore.ts";
import { FAULTS } from "./explorer/faults.ts";
import { SETTINGS } from "./explorer/settings.ts";

const long = process.env.EBBPOOL_LONG === "1";
const skip = long ? false : "only with EBBPOOL_LONG=1";

function told({ states, transitions, threadStates, phases, complete }: Exploration): string {
	return `${complete ? "all" : "the first"} ${states} states, ${transitions} transitions, ${phases} phases of operations (${threadStates} states)`;
}

/** `EBBPOOL_WITHOUT_REFUSALS=1` leaves I7 out, to tell how many states it costs. */
const withoutRefusals = process.env["EBBPOOL_WITHOUT_REFUSALS"] === "1";

describe("every interleaving keeps I1–I7", () => {
	for (const setting of SETTINGS) {
		test(setting.name, { skip: setting.long === true && skip }, async (t) => {
			const exploration = await explore({ ...setting, withoutRefusals });
			t.diagnostic(`${setting.name}: ${told(exploration)}`);
			assert.isUndefined(exploration.violation, exploration.trace.join("\n"));
			assert.isTrue(exploration.complete);
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

describe("the reductions leave nothing out", () => {
	for (const { name, isLong, setting, fault } of COMPARED) {
		test(name, { skip: isLong && skip }, async (t) => {
			const reduced = await explore({ ...setting, exhaustive: true }, fault);
			const unreduced = await explore({ ...setting, exhaustive: true, unreduced: true }, fault);
			t.diagnostic(`${name}: ${reduced.states} states instead of ${unreduced.states}`);
			assert.isTrue(reduced.complete && unreduced.complete);
			assert.isBelow(reduced.states, unreduced.states);
			assert.deepStrictEqual([...reduced.atRest].sort(), [...unreduced.atRest].sort());
			assert.deepStrictEqual([...reduced.violations].sort(), [...unreduced.violations].sort());
			assert.strictEqual(reduced.violations.size > 0, fault !== undefined);
		});
	}
});
