import type { Local, Operation, Setting } from "./model.ts";

/** The name under which the registry knows the thread of this mark: another one after each time it came back. */
export const runtimeIdOf = (mark: number, incarnation: number): number => mark + 1 + 8 * incarnation;

export const marksOf = ({ threads }: Setting): number[] => Array.from({ length: threads }, (_, mark) => mark);

/** A thread and the children that end with it, and theirs. */
export function dyingWith(setting: Setting, mark: number): number[] {
	const children = marksOf(setting).filter((child) => setting.parents?.[child] === mark);
	return [mark, ...children.flatMap((child) => dyingWith(setting, child))];
}

export const slotsOf = ({ slots }: Setting): number[] => Array.from({ length: slots }, (_, slot) => slot);

export const isMortal = ({ mortal }: Setting, mark: number): boolean => mortal?.includes(mark) ?? true;

function runtimeIdsOf(setting: Setting, mark: number): number[] {
	const rebirths = isMortal(setting, mark) ? (setting.rebirths ?? 0) : 0;
	return Array.from({ length: rebirths + 1 }, (_, incarnation) => runtimeIdOf(mark, incarnation));
}

function* giftsOf(setting: Setting, mark: number, slot: number): Iterable<Operation> {
	for (const other of marksOf(setting)) {
		if (other === mark) continue;
		const entries = setting.rebirths === undefined ? [other] : marksOf(setting);
		for (const entry of entries) {
			for (const id of runtimeIdsOf(setting, other)) yield { name: "giveTo", slot, to: entry + 1, id, other };
		}
	}
}

const holdingOf = (local: Local): number[] =>
	[...local.blocks.keys()].filter((slot) => local.blocks[slot]?.held);

const isRoleOf = ({ roles }: Setting, mark: number, name: Operation["name"]): boolean =>
	roles?.[mark]?.includes(name) ?? true;

/** Whether a thread between two operations may adopt. */
export const mayAdopt = (setting: Setting, mark: number, local: Local): boolean =>
	local.me !== 0 && isRoleOf(setting, mark, "adopt") && holdingOf(local).length < setting.held;

/** What else it may do, if what that takes (a death, room for a message) is there. */
export function operationsOf(setting: Setting, mark: number, local: Local): Operation[] {
	if (local.me === 0) return []; // found the registry full
	const operations: Operation[] = [];
	for (const other of marksOf(setting)) {
		if (other === mark || !isMortal(setting, other)) continue;
		for (const id of runtimeIdsOf(setting, other)) operations.push({ name: "reap", id, other });
	}
	const holding = holdingOf(local);
	for (const slot of holding) {
		operations.push({ name: "put", slot });
		if (setting.messages === 0) continue;
		operations.push({ name: "give", slot });
		if (setting.gifts) operations.push(...giftsOf(setting, mark, slot));
	}
	if (holding.length < setting.held) operations.push({ name: "get" });
	if (local.front !== undefined || local.magazine.length > 0) operations.push({ name: "answerFlushRequest" });
	return operations.filter(({ name }) => isRoleOf(setting, mark, name));
}

/** How a thread that was swept comes back. */
export function entriesOf(setting: Setting, mark: number): Operation[] {
	return runtimeIdsOf(setting, mark)
		.slice(1)
		.map((id) => ({ name: "enter", id }));
}
