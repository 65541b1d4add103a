import { FAULTS } from "./faults.ts";
import type { Fault } from "./load-core.ts";
import type { Setting } from "./model.ts";
import { SETTINGS } from "./settings.ts";

interface Compared {
	readonly name: string;
	readonly isLong: boolean;
	readonly setting: Setting;
	readonly fault?: Fault;
}

const QUICK = ["2 × 1, both crash, messages"];
const LONG = [
	"2 threads × 2 slots, one crash",
	"2 × 2, one crash, magazines",
	"2 × 1 growing to 2, one crash",
	"3 × 1, a gift, its recipient dies and comes back, its giver dies",
	"2 × 1, one crash, the dead come back, gifts",
];
/** What lies beyond a violation is not explored: so of faults, those that leave the order of generations intact. */
const QUICK_FAULTS = [
	"the reaper frees before it zeroes",
	"the last slot freed is remembered by its word of now",
];
const LONG_FAULTS = [
	"a dropped hint is not checked again",
	"the reaper zeroes before it takes",
	"a claim that fails is tried for ever",
	"an entry is given up before its slots are taken back",
	"an entry is used again while it is a recipient",
];

function settingOf(name: string): Setting {
	const setting = SETTINGS.find((setting) => setting.name === name);
	if (setting === undefined) throw new Error(`no setting is called ${name}`);
	return setting;
}

function withFault(name: string, isLong: boolean): Compared {
	const fault = FAULTS.find((fault) => fault.name === name);
	if (fault === undefined) throw new Error(`no fault is called ${name}`);
	return { name, isLong, setting: fault.setting, fault };
}

/** What is explored twice, with the reductions and without. */
export const COMPARED: readonly Compared[] = [
	...QUICK.map((name) => ({ name, isLong: false, setting: settingOf(name) })),
	...LONG.map((name) => ({ name, isLong: true, setting: settingOf(name) })),
	...QUICK_FAULTS.map((name) => withFault(name, false)),
	...LONG_FAULTS.map((name) => withFault(name, true)),
];
