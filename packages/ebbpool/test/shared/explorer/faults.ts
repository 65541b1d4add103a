import type { Fault } from "./load-core.ts";
import type { Setting } from "./model.ts";
import { CHAIN, FAMILY } from "./settings.ts";

/** A fault, and the smallest setting in which it shows. */
export interface SeededFault extends Fault {
	readonly name: string;
	/** The invariant that breaks. */
	readonly breaks: string;
	readonly setting: Setting;
	/** Whether the search takes too long for every run. */
	readonly long?: boolean;
	/** Whether some hundreds of walks at random miss it. */
	readonly isRare?: boolean;
}

const pair: Setting = {
	threads: 2,
	slots: 1,
	crashes: 1,
	magazine: 0,
	messages: 1,
	held: 1,
	deaths: "all",
	limit: 20_000_000,
};
const trio: Setting = { ...pair, threads: 3, crashes: 2, messages: 0 };

export const FAULTS: readonly SeededFault[] = [
	{
		name: "a dropped hint is not checked again",
		file: "hints",
		find: "if (!isUnhinted(load(words, at))) setHint(memory, slot);",
		replace: "",
		breaks: "I6",
		setting: { ...pair, slots: 2, crashes: 0, messages: 0 },
	},
	{
		name: "the hint is taken back before its owner is told",
		file: "hints",
		find: "if (!isUnhinted(word) && !swap(words, at, word, unhinted(word))) return;\n\tclearBits(words, hintAt(groupOf(slot)), bitOf(slot));",
		replace:
			"clearBits(words, hintAt(groupOf(slot)), bitOf(slot));\n\tif (!isUnhinted(word) && !swap(words, at, word, unhinted(word))) return;",
		breaks: "I6",
		setting: { ...pair, slots: 2, crashes: 0, messages: 0 },
	},
	{
		name: "an owner who was told of a lost hint forgets to set it",
		file: "thread-cache",
		find: "holding.held = false;\n\t\tif (outcome === LOST) return false;\n\t\tif (outcome === FREED_UNHINTED) setHint(this.memory, holding.slot);",
		replace: "holding.held = false;\n\t\tif (outcome === LOST) return false;",
		breaks: "I6",
		setting: { ...pair, slots: 2, crashes: 0, messages: 0 },
	},
	{
		name: "an adopted slot forgets that its hint was taken back",
		file: "ownership",
		find: "unhinted(word), unhinted(next))",
		replace: "unhinted(word), next)",
		breaks: "I6",
		setting: { ...pair, slots: 2, crashes: 0 },
	},
	{
		name: "the reaper frees before it zeroes",
		file: "reclaim",
		find: "if (memory.zero) memory.wipe(slot);\n\tif (free(memory, slot, handedTo(word, me)) === FREED_UNHINTED) setHint(memory, slot);",
		replace:
			"if (free(memory, slot, handedTo(word, me)) === FREED_UNHINTED) setHint(memory, slot);\n\tif (memory.zero) memory.wipe(slot);",
		breaks: "I1",
		setting: pair,
	},
	{
		name: "the reaper zeroes before it takes",
		isRare: true,
		file: "reclaim",
		find: "if (!transfer(memory, slot, withoutMark(word), me)) return false;\n\tif (memory.zero) memory.wipe(slot);",
		replace:
			"if (memory.zero) memory.wipe(slot);\n\tif (!transfer(memory, slot, withoutMark(word), me)) return false;",
		breaks: "I1",
		setting: { ...trio, crashes: 1, roles: [["get"], ["get", "reap"], ["reap"]] },
	},
	{
		name: "the reaper frees what it did not take",
		isRare: true,
		file: "reclaim",
		find: "if (!transfer(memory, slot, withoutMark(word), me)) return false;",
		replace: "transfer(memory, slot, withoutMark(word), me);",
		breaks: "I1",
		setting: { ...trio, crashes: 1, roles: [["get"], ["get", "reap"], ["reap"]] },
	},
	{
		name: "a put frees before it zeroes",
		file: "thread-cache",
		find: "if (this.#zero) this.memory.wipe(holding.slot);",
		replace: "",
		breaks: "I1",
		setting: pair,
	},
	{
		name: "adopt keeps the generation",
		file: "owner-word",
		find: "(((word & GENERATION_MASK) + GENERATION) | thread)",
		replace: "((word & GENERATION_MASK) | thread)",
		breaks: "I1",
		setting: pair,
	},
	{
		name: "a claim that fails is tried for ever",
		isRare: true,
		file: "search",
		find: "bits &= bits - 1",
		replace: "",
		breaks: "I4",
		setting: { ...pair, crashes: 0, messages: 0 },
	},
	{
		name: "a claim stores without comparing",
		file: "ownership",
		find: "swap(words, at, word, claimedBy(word, me))",
		replace: "swap(words, at, load(words, at), claimedBy(word, me))",
		breaks: "I1",
		setting: pair,
	},
	{
		name: "a hand-over is adopted without looking at the word",
		file: "ownership",
		find: "return swap(words, at, word, next)",
		replace: "return swap(words, at, load(words, at), next)",
		breaks: "I1",
		setting: pair,
	},
	{
		name: "a reaper leaves the children of the dead to others",
		file: "reaper",
		find: "depth < MAX_THREADS",
		replace: "depth < 1",
		breaks: "I3",
		setting: { ...trio, deaths: "parent", parents: CHAIN },
	},
	{
		name: "the children of the dead are forgotten",
		file: "reaper",
		find: "markChildrenDead(memory, entry);",
		replace: ";",
		breaks: "I3",
		setting: { ...trio, deaths: "parent", parents: CHAIN },
	},
	{
		name: "an entry is given up though its children were looked for before it was dead",
		isRare: true,
		file: "reaper",
		find: "const dead = deadThreads(memory);\n\tif (dead.length === 0) return false;\n\tfor (const entry of dead) markChildrenDead(memory, entry);",
		replace:
			"for (const entry of deadThreads(memory)) markChildrenDead(memory, entry);\n\tconst dead = deadThreads(memory);\n\tif (dead.length === 0) return false;",
		breaks: "I3",
		setting: {
			...trio,
			threads: 5,
			mortal: [0, 2],
			parents: FAMILY,
			roles: [[], ["get"], [], ["reap"], ["reap"]],
		},
	},
	{
		name: "an entry is given up for the dead thread that had it before",
		isRare: true,
		file: "registry",
		find: "swap(words, stateAt(thread), word, stateWord(runtimeIdOf(word), VACANT));",
		replace:
			"const now = load(words, stateAt(thread));\n\tif (stateOf(now) === DEAD) swap(words, stateAt(thread), now, stateWord(runtimeIdOf(now), VACANT));",
		breaks: "I2",
		setting: { ...trio, rebirths: 1, mortal: [0], roles: [["get"], ["reap"], ["reap"]] },
	},
	{
		name: "an entry is given up before its slots are taken back",
		file: "reaper",
		find: "const count = slotCount(memory);",
		replace: "for (const entry of dead) vacate(memory, entry);\n\tconst count = slotCount(memory);",
		breaks: "I2",
		setting: pair,
	},
	{
		name: "the reaper sets no hints",
		file: "reclaim",
		find: "if (!isUnhinted(word)) setHint(memory, slot);",
		replace: "",
		breaks: "I6",
		setting: { ...pair, messages: 0 },
	},
	{
		name: "a gift to a dead thread is not taken back",
		isRare: true,
		file: "hand-over",
		find: "if (loadState(memory, recipient) === alive) return given;",
		replace: "return given;",
		breaks: "I2",
		setting: {
			...trio,
			messages: 1,
			crashes: 1,
			gifts: true,
			roles: [["get", "giveTo"], [], ["reap"]],
		},
	},
	{
		name: "an entry is used again while it is a recipient",
		isRare: true,
		file: "registry",
		find: " || isRecipient(memory, thread)",
		replace: "",
		breaks: "I5",
		setting: {
			...trio,
			messages: 1,
			rebirths: 1,
			gifts: true,
			roles: [["get", "giveTo"], [], ["reap"]],
		},
	},
	{
		name: "the last slot freed is remembered by its word of now",
		isRare: true,
		file: "thread-cache",
		find: "claimedBy(this.lastWord, this.me);\n\t\t\tconst isClaimed = swap(this.#words, ownerAt(last.slot), this.lastWord, word);",
		replace:
			"claimedBy(last.word, this.me);\n\t\t\tconst isClaimed = swap(this.#words, ownerAt(last.slot), last.word, word);",
		breaks: "I1",
		setting: { ...pair, crashes: 0, held: 2 },
	},
	{
		name: "to grow or to refuse is decided on a newer count than was searched with",
		file: "growth",
		find: "if (searched >= memory.maxSlots) return searched;",
		replace: "const count = slotCount(memory);\n\tif (count >= memory.maxSlots) return searched;",
		breaks: "I7",
		setting: { ...pair, slots: 2, initialSlots: 1, held: 2, crashes: 0, messages: 0 },
	},
	{
		name: "a search passes over the last slot",
		file: "search",
		find: "slot < count; slot++",
		replace: "slot < count - 1; slot++",
		breaks: "I7",
		setting: { ...pair, slots: 2, crashes: 0, messages: 0 },
	},
];
