import { aged } from "./generations.ts";
import type { BlockState, Local, Message, Operation } from "./model.ts";

const NOTHING: BlockState = { word: 0, held: false, content: 0 };

/*
 * An operation runs on part of what its thread knows, the rest is put aside: so the source is run once for all threads
 * that differ in the rest alone.
 */

/** What an operation gets to see: to a reaper all slots of its own are alike, and to others what the user holds. */
export function seenBy(operation: Operation, local: Local): Local {
	if (operation.name === "reap") return withoutSlots(local);
	return {
		...local,
		blocks: local.blocks.map((block, slot) => (isAside(operation, block, slot) ? NOTHING : block)),
	};
}

/** What it does not get to see, and leaves as it is. */
export function putAsideBy(operation: Operation, local: Local): Local {
	if (operation.name === "reap") return local;
	return {
		...withoutSlots(local),
		blocks: local.blocks.map((block, slot) => (isAside(operation, block, slot) ? block : NOTHING)),
	};
}

/** Both together, after the operation. */
export function joined(operation: Operation, seen: Local, aside: Local): Local {
	if (operation.name === "reap") return aside;
	const blocks = seen.blocks.map((block, slot) => {
		const other = aside.blocks[slot] as BlockState;
		return other.held ? other : block;
	});
	return { ...seen, blocks };
}

const isAside = (operation: Operation, { held }: BlockState, slot: number): boolean =>
	held && !("slot" in operation && operation.slot === slot);

const withoutSlots = (local: Local): Local => ({
	...local,
	front: undefined,
	magazine: [],
	isOpen: false,
	answered: 0,
	last: undefined,
	lastWord: 0,
	blocks: local.blocks.map(() => NOTHING),
});

/** What a thread knows when a generation of a slot is over. */
export function agedLocal(local: Local, slot: number): Local {
	return {
		...local,
		lastWord: local.last === slot ? aged(local.lastWord) : local.lastWord,
		blocks: local.blocks.map((block, i) =>
			i === slot && block.word !== 0 ? { ...block, word: aged(block.word) } : block,
		),
	};
}

export const agedMessage = (message: Message, slot: number): Message =>
	message.slot === slot ? { ...message, word: aged(message.word) } : message;

export const agedOperation = (operation: Operation, slot: number): Operation =>
	operation.name === "adopt" ? { ...operation, message: agedMessage(operation.message, slot) } : operation;
