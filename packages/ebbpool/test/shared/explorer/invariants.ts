import type { SlotIndex, ThreadId } from "../../../dist/shared/layout.js";
import type { OwnerWord } from "../../../dist/shared/owner-word.js";
import type { StateWord } from "../../../dist/shared/registry.js";
import type { Core } from "./load-core.ts";
import { type Local, PAYLOAD } from "./model.ts";
import type { ThreadState } from "./thread-table.ts";
import { slotsOf } from "./thread-table.ts";
import type { World } from "./world.ts";

/** Steps within which each operation must end, whatever the others do: far above what the longest takes. */
const MAX_STEPS = 100;

/** What is wrong with a state, or `undefined`. */
export function findViolation(core: Core, world: World, threads: readonly ThreadState[]): string | undefined {
	for (const thread of threads) {
		if (thread.taken > MAX_STEPS)
			return `I4: ${thread.operation?.name} of thread ${thread.mark} does not end`;
	}
	for (const slot of slotsOf(world.setting)) {
		const violation = findSlotViolation(core, world, threads, slot);
		if (violation !== undefined) return violation;
	}
	return isAtRest(world, threads) ? findViolationAtRest(core, world, threads) : undefined;
}

function isKept(local: Local, slot: number): boolean {
	return local.private === slot || local.magazine.includes(slot);
}

function isPassing({ operation }: ThreadState, slot: number): boolean {
	return operation !== undefined && "slot" in operation && operation.slot === slot;
}

function findSlotViolation(
	core: Core,
	world: World,
	threads: readonly ThreadState[],
	slot: number,
): string | undefined {
	const word = core.withoutMark(world.load(core.ownerAt(slot as SlotIndex)) as OwnerWord);
	const payload = world.load(PAYLOAD + slot);
	for (const thread of threads) {
		const { local, mark } = thread;
		if (local === undefined || isPassing(thread, slot)) continue;
		const block = local.blocks[slot];
		if (block?.held) {
			if (block.word !== word) return `I1: thread ${mark} holds slot ${slot}, whose owner word is ${word}`;
			if (payload !== block.content) {
				return `I1: thread ${mark} holds slot ${slot} with ${block.content} in it, and finds ${payload}`;
			}
		} else if (thread.operation === undefined && isKept(local, slot)) {
			if (block?.word !== word) return `I1: thread ${mark} keeps slot ${slot}, whose owner word is ${word}`;
			if (payload !== 0) return `I1: thread ${mark} keeps slot ${slot} with old content`;
		}
	}
	for (const message of world.messages) {
		if (message.slot === slot && message.word === word && payload !== message.content) {
			return `I1: slot ${slot} changed while it was under way`;
		}
	}
	if (core.isFree(word)) return payload === 0 ? undefined : `I1: slot ${slot} is FREE with old content`;
	const owner = core.ownerOf(word);
	return owner <= world.setting.threads && isNamed(core, world, threads, owner)
		? undefined
		: `I2: slot ${slot} is owned by ${owner}, whose entry is vacant`;
}

function isNamed(core: Core, world: World, threads: readonly ThreadState[], owner: ThreadId): boolean {
	const stateOf = (id: ThreadId) => core.stateOf(world.load(core.stateAt(id)) as StateWord);
	if (stateOf(owner) !== core.VACANT) return true;
	// A gift whose recipient died: the giver, or the giver's reaper, takes it back.
	return threads.some((_, i) => {
		const giver = (i + 1) as ThreadId;
		return world.load(core.recipientAt(giver)) === owner && stateOf(giver) !== core.VACANT;
	});
}

/** No live thread does anything, and each has dealt with every death that it hears of. */
function isAtRest(world: World, threads: readonly ThreadState[]): boolean {
	return (
		threads.some(({ local }) => local !== undefined) &&
		threads.every(({ operation, mark }) => operation === undefined && world.unheard(mark) === 0)
	);
}

function findViolationAtRest(core: Core, world: World, threads: readonly ThreadState[]): string | undefined {
	const { setting } = world;
	for (let i = 0; i < setting.threads; i++) {
		const id = (i + 1) as ThreadId;
		const state = core.stateOf(world.load(core.stateAt(id)) as StateWord);
		if (state === core.VACANT || threads.some(({ local }) => local?.me === id)) continue;
		return `I3: the entry ${id} of a dead thread is in state ${state} when all is swept`;
	}
	const count = world.load(core.COUNT);
	for (const slot of slotsOf(setting)) {
		if (slot >= count) continue;
		const word = core.withoutMark(world.load(core.ownerAt(slot as SlotIndex)) as OwnerWord);
		if (core.isFree(word)) {
			if ((world.load(core.hintAt(0)) & core.bitOf(slot as SlotIndex)) === 0) {
				return `I6: slot ${slot} is FREE without a hint`;
			}
		} else if (!isAccountedFor(core, world, threads, slot, word)) {
			return `I5: slot ${slot} is owned by ${core.ownerOf(word)}, who does not know of it`;
		}
	}
	return undefined;
}

function isAccountedFor(
	core: Core,
	world: World,
	threads: readonly ThreadState[],
	slot: number,
	word: OwnerWord,
): boolean {
	const owner = threads.find(({ local }) => local?.me === core.ownerOf(word));
	const local = owner?.local;
	if (local === undefined) return false;
	if (local.blocks[slot]?.held || isKept(local, slot)) return true;
	if (world.messages.some((message) => message.slot === slot && message.word === word)) return true;
	// A giver that died after it gave and before it told: the slot is the recipient's until that dies.
	return threads.some(({ mark }) => world.lostGift(mark) === world.runtimeId(owner?.mark as number));
}
