import type { Setting } from "./model.ts";

/** A setting, and whether its states are too many for every run. */
export interface NamedSetting extends Setting {
	readonly name: string;
	readonly long?: boolean;
}

const long = { long: true } as const;
/** Thread n + 1 is the child of n. */
export const CHAIN = [undefined, 0, 1];
/** Thread 1 is the child of 0. */
export const FAMILY = [undefined, 0];

const plain = { magazine: 0, messages: 0, deaths: "all" } as const;

export const SETTINGS: readonly NamedSetting[] = [
	{ ...plain, name: "2 threads × 2 slots, one crash", threads: 2, slots: 2, held: 2, crashes: 1 },
	{ ...plain, name: "2 × 1, messages", threads: 2, slots: 1, held: 1, crashes: 0, messages: 1 },
	{ ...plain, name: "2 × 2, one crash, magazines", threads: 2, slots: 2, held: 1, crashes: 1, magazine: 1 },
	{
		...plain,
		name: "2 × 1 growing to 2, one crash",
		threads: 2,
		slots: 2,
		initialSlots: 1,
		held: 1,
		crashes: 1,
	},
	{
		...plain,
		name: "3 × 1, a gift, its recipient dies and comes back, its giver dies",
		threads: 3,
		slots: 1,
		held: 1,
		crashes: 2,
		rebirths: 1,
		messages: 1,
		gifts: true,
		roles: [["get", "giveTo", "put"], ["adopt", "put"], ["reap"]],
	},
	{
		...plain,
		name: "2 × 1, both crash, messages",
		threads: 2,
		slots: 1,
		held: 1,
		crashes: 2,
		messages: 1,
	},
	{ ...plain, name: "3 threads × 1 slot, two crashes", threads: 3, slots: 1, held: 1, crashes: 2 },
	{
		...plain,
		name: "3 × 1, a chain of parents, two crashes",
		threads: 3,
		slots: 1,
		held: 1,
		crashes: 2,
		deaths: "parent",
		parents: CHAIN,
	},
	{
		...plain,
		name: "5 × 1, one thread dies, another with its child, two reapers",
		threads: 5,
		slots: 1,
		held: 1,
		crashes: 2,
		mortal: [0, 2],
		parents: FAMILY,
		roles: [[], ["get", "put"], [], ["reap"], ["reap"]],
	},
	{
		...plain,
		name: "3 × 1, a thread dies, comes back and dies, two reapers",
		threads: 3,
		slots: 1,
		held: 1,
		crashes: 2,
		rebirths: 1,
		mortal: [0],
		roles: [["get", "put"], ["reap"], ["reap"]],
	},
	{
		...plain,
		name: "2 × 1, one crash, the dead come back, gifts",
		threads: 2,
		slots: 1,
		held: 1,
		crashes: 1,
		rebirths: 1,
		messages: 1,
		gifts: true,
	},
	{
		...plain,
		name: "3 × 1, two crashes, messages",
		...long,
		threads: 3,
		slots: 1,
		held: 1,
		crashes: 2,
		messages: 1,
	},
	{
		...plain,
		name: "2 × 2, one crash, messages",
		...long,
		threads: 2,
		slots: 2,
		held: 2,
		crashes: 1,
		messages: 1,
	},
	{ ...plain, name: "3 × 2, one crash", ...long, threads: 3, slots: 2, held: 2, crashes: 1 },
];
