import type { SlotIndex, ThreadId } from "../../../dist/shared/core/layout.js";
import type { OwnerWord } from "../../../dist/shared/core/owner-word.js";
import type { StateWord } from "../../../dist/shared/core/registry.js";
import type { Domain, Domains } from "./domains.ts";
import type { Core } from "./load-core.ts";
import type { BlockState, Local, Setting } from "./model.ts";
import { marksOf, slotsOf } from "./operations.ts";
import type { ThreadState } from "./thread-table.ts";
import type { World } from "./world.ts";

/** I1–I6, as far as a state shows them; I4 shows in the steps of an operation. */
export class Invariants {
	readonly #core: Core;
	readonly #setting: Setting;
	readonly #owners: readonly Domain[];
	readonly #payloads: readonly Domain[];
	readonly #states: readonly Domain[];
	readonly #recipients: readonly Domain[];
	readonly #hint: Domain;
	readonly #count: Domain;

	constructor(core: Core, setting: Setting, domains: Domains) {
		this.#core = core;
		this.#setting = setting;
		const slots = slotsOf(setting);
		const ids = marksOf(setting).map((mark) => (mark + 1) as ThreadId);
		this.#owners = slots.map((slot) => domains.of(core.ownerAt(slot as SlotIndex)));
		this.#payloads = slots.map((slot) => domains.payload(slot));
		this.#states = ids.map((id) => domains.of(core.stateAt(id)));
		this.#recipients = ids.map((id) => domains.of(core.recipientAt(id)));
		this.#hint = domains.of(core.hintAt(0));
		this.#count = domains.of(core.COUNT);
	}

	/** What is wrong with a state, or `undefined`. */
	findViolation(world: World, threads: readonly ThreadState[]): string | undefined {
		for (const { phase, operation, mark } of threads) {
			if (phase?.isEndless) return `I4: ${operation?.name} of thread ${mark} does not end`;
		}
		for (let slot = 0; slot < this.#owners.length; slot++) {
			const violation = this.#findSlotViolation(world, threads, slot);
			if (violation !== undefined) return violation;
		}
		return isAtRest(world, threads) ? this.#findViolationAtRest(world, threads) : undefined;
	}

	#wordOf(world: World, slot: number): OwnerWord {
		return this.#core.withoutMark(world.value(this.#owners[slot] as Domain) as OwnerWord);
	}

	#findSlotViolation(world: World, threads: readonly ThreadState[], slot: number): string | undefined {
		const word = this.#wordOf(world, slot);
		const payload = world.value(this.#payloads[slot] as Domain);
		for (const { local, mark, phase } of threads) {
			if (local === undefined) continue;
			// The slot that an operation is about is the operation's for so long.
			const block = local.blocks[slot] as BlockState;
			if (block.held) {
				if (block.word !== word) return `I1: thread ${mark} holds slot ${slot}, whose owner word is ${word}`;
				if (payload !== block.content) {
					return `I1: thread ${mark} holds slot ${slot} with ${block.content} in it, and finds ${payload}`;
				}
			} else if (phase === undefined && isCached(local, slot)) {
				if (block.word !== word) return `I1: thread ${mark} caches slot ${slot}, whose owner word is ${word}`;
				if (payload !== 0) return `I1: thread ${mark} caches slot ${slot} with old content`;
			}
		}
		if (this.#setting.messages > 0) {
			for (const message of world.messages) {
				if (message.slot === slot && message.word === word && payload !== message.content) {
					return `I1: slot ${slot} changed while it was under way`;
				}
			}
		}
		if (this.#core.isFree(word))
			return payload === 0 ? undefined : `I1: slot ${slot} is FREE with old content`;
		const owner = this.#core.ownerOf(word);
		return owner <= this.#setting.threads && this.#isNamed(world, owner)
			? undefined
			: `I2: slot ${slot} is owned by ${owner}, whose entry is vacant`;
	}

	#stateOf(world: World, id: ThreadId): number {
		return this.#core.stateOf(world.value(this.#states[id - 1] as Domain) as StateWord);
	}

	#isNamed(world: World, owner: ThreadId): boolean {
		const { VACANT } = this.#core;
		if (this.#stateOf(world, owner) !== VACANT) return true;
		// A gift whose recipient died: the giver, or the giver's reaper, takes it back.
		return this.#recipients.some(
			(recipient, mark) =>
				world.value(recipient) === owner && this.#stateOf(world, (mark + 1) as ThreadId) !== VACANT,
		);
	}

	#findViolationAtRest(world: World, threads: readonly ThreadState[]): string | undefined {
		const core = this.#core;
		for (let id = 1; id <= this.#states.length; id++) {
			const state = this.#stateOf(world, id as ThreadId);
			if (state === core.VACANT || threads.some(({ local }) => local?.me === id)) continue;
			return `I3: the entry ${id} of a dead thread is in state ${state} when all is swept`;
		}
		const count = Math.min(world.value(this.#count), this.#owners.length);
		for (let slot = 0; slot < count; slot++) {
			const word = this.#wordOf(world, slot);
			if (core.isFree(word)) {
				if ((world.value(this.#hint) & core.bitOf(slot as SlotIndex)) === 0) {
					return `I6: slot ${slot} is FREE without a hint`;
				}
			} else if (!this.#isAccountedFor(world, threads, slot, word)) {
				return `I5: slot ${slot} is owned by ${core.ownerOf(word)}, who does not know of it`;
			}
		}
		return undefined;
	}

	#isAccountedFor(world: World, threads: readonly ThreadState[], slot: number, word: OwnerWord): boolean {
		const owner = threads.find(({ local }) => local?.me === this.#core.ownerOf(word));
		const local = owner?.local;
		if (local === undefined) return false;
		if (local.blocks[slot]?.held || isCached(local, slot)) return true;
		if (world.messages.some((message) => message.slot === slot && message.word === word)) return true;
		// A giver that died after it gave and before it told: the slot is the recipient's until that dies.
		return threads.some(({ mark }) => world.lostGift(mark) === world.runtimeId(owner?.mark as number));
	}
}

function isCached(local: Local, slot: number): boolean {
	return local.front === slot || local.magazine.includes(slot);
}

/** No live thread does anything, and each has dealt with every death that it hears of. */
function isAtRest(world: World, threads: readonly ThreadState[]): boolean {
	return (
		threads.some(({ local }) => local !== undefined) &&
		threads.every(({ phase, mark }) => phase === undefined && world.unheard(mark) === 0)
	);
}
