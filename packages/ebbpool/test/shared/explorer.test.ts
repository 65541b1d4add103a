import { describe, test } from "node:test";
import { assert } from "chai";
import { explore } from "./explorer/explore.ts";
import { FAULTS } from "./explorer/faults.ts";
import { loadCore } from "./explorer/load-core.ts";
import { SETTINGS } from "./explorer/settings.ts";

const seed = Number(process.env["EBBPOOL_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const walks = { count: 40, steps: 120, seed };

describe(`walks at random among all interleavings keep I1–I7 (seed ${seed})`, () => {
	for (const setting of SETTINGS) {
		test(setting.name, async (t) => {
			const { violation, trace, states } = await explore({ ...setting, walks });
			t.diagnostic(`${states} states`);
			assert.isUndefined(violation, trace.join("\n"));
		});
	}
});

describe("walks find seeded faults", () => {
	for (const fault of FAULTS) {
		if (fault.isRare) continue;
		test(fault.name, async (t) => {
			const found = await explore({ ...fault.setting, walks: { ...walks, count: 600, seed: 1 } }, fault);
			t.diagnostic(`${found.violation} after ${found.states} states`);
			// Another invariant may break first.
			assert.match(found.violation ?? "none found", /^I\d:/);
		});
	}
});

test("a function that is renamed, missing or made in another way is noticed", async () => {
	const bounds = { OWNER_BITS: 10, MAX_THREADS: 2, GENERATION: 2 ** 29, FLUSH_REQUEST: 2 ** 31 };
	for (const [find, replace] of [
		["export function setHint(", "export function giveHint("],
		["export function setHint(", "export const setHint = function ("],
		["export function setHint(", "export function another() {}\nexport function setHint("],
	] as const) {
		const fault = { file: "hints", find, replace };
		const error = await loadCore(bounds, fault).then(
			() => undefined,
			(error: Error) => error,
		);
		assert.match(String(error), /hints\.js: functions/);
	}
});
