import type { ThreadId } from "../../../dist/shared/core/layout.js";
import type { RuntimeId } from "../../../dist/shared/core/registry.js";
import type { Core } from "./load-core.ts";
import { type Message, PAYLOAD, type Setting } from "./model.ts";
import { marksOf, runtimeIdOf, slotsOf } from "./operations.ts";

/** A word of shared memory, with every value that it may ever have; the first is the one it begins with. */
export interface Domain {
	readonly at: number;
	readonly name: string;
	/** Of an owner word: the slot. */
	readonly slot?: number;
	readonly values: number[];
	/** Whether each value is greater than the ones before it, and the word never goes back. */
	readonly grows: boolean;
	/** Whether any thread, or any invariant, looks at it. */
	isRead: boolean;
}

/** The values that words and messages may have, collected while the threads' steps are. */
export class Domains {
	readonly words: readonly Domain[];
	readonly #byAt: ReadonlyMap<number, Domain>;
	readonly messages: Message[] = [];
	readonly #messageNumbers = new Map<string, number>();
	#version = 0;

	constructor(core: Core, setting: Setting) {
		const { slots, initialSlots = slots, parents } = setting;
		const word = (at: number, name: string, value: number, isRead: boolean): Domain => ({
			at,
			name,
			values: [value],
			grows: at === core.COUNT,
			isRead,
		});
		this.words = [
			word(core.COUNT, "COUNT", initialSlots, true),
			word(core.FLUSH_REQUESTS, "FLUSH_REQUESTS", 0, false),
			word(core.WAITERS, "WAITERS", 0, false),
			word(core.hintAt(0), "hint", 2 ** initialSlots - 1, true),
			...slotsOf(setting).map((slot) => ({
				...word(core.ownerAt(slot as never), `owner ${slot}`, 0, true),
				slot,
			})),
			...slotsOf(setting).map((slot) => word(PAYLOAD + slot, `payload ${slot}`, 0, true)),
			...marksOf(setting).flatMap((mark) => {
				const id = (mark + 1) as ThreadId;
				const alive = core.stateWord(runtimeIdOf(mark, 0) as RuntimeId, core.ALIVE);
				const parent = parents?.[mark];
				const parentId = parent === undefined ? core.NOBODY : runtimeIdOf(parent, 0);
				return [
					word(core.stateAt(id), `state ${id}`, alive, true),
					word(core.parentAt(id), `parent ${id}`, parentId, false),
					word(core.recipientAt(id), `recipient ${id}`, 0, true),
				];
			}),
		];
		this.#byAt = new Map(this.words.map((domain) => [domain.at, domain]));
		// What the user writes into a slot is no step of the source.
		for (const slot of slotsOf(setting)) {
			for (const mark of marksOf(setting)) this.include(this.of(PAYLOAD + slot), mark + 1);
		}
	}

	payload(slot: number): Domain {
		return this.of(PAYLOAD + slot);
	}

	of(at: number): Domain {
		const domain = this.#byAt.get(at);
		if (domain === undefined) throw new Error(`no word ${at} is part of what is explored`);
		return domain;
	}

	/** The number of a message among all that may be sent. */
	numberOf(message: Message): number {
		const key = `${message.slot} ${message.word} ${message.content}`;
		let number = this.#messageNumbers.get(key);
		if (number === undefined) {
			number = this.messages.length;
			this.messages.push(message);
			this.#messageNumbers.set(key, number);
		}
		return number;
	}

	/** @returns the value's number in the domain */
	include({ values, grows, name }: Domain, value: number): number {
		const known = values.indexOf(value);
		if (known >= 0) return known;
		if (grows && value < Math.max(...values)) throw new Error(`${name} goes back to ${value}`);
		this.#version++;
		return values.push(value) - 1;
	}

	markRead(domain: Domain): void {
		if (domain.isRead) return;
		domain.isRead = true;
		this.#version++;
	}

	/** Another number after each change: what was concluded from the domains before may be wrong. */
	get version(): number {
		return this.#version;
	}
}
