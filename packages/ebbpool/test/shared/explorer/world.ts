import type { SlotIndex, ThreadId } from "../../../dist/shared/layout.js";
import type { Core } from "./load-core.ts";
import { type Message, PAYLOAD, type Setting } from "./model.ts";
import { slotsOf } from "./thread-table.ts";

/**
 * Everything that is shared, as bytes: each word of memory and each message is the number of its value in a table of all
 * values seen; threads are the numbers of their states.
 */
export class World {
	readonly width: number;
	readonly words: readonly number[];
	readonly #positions: ReadonlyMap<number, number>;
	readonly #values: number[] = [];
	readonly #valueNumbers = new Map<number, number>();
	readonly #messages: (Message | undefined)[] = [undefined];
	readonly #messageNumbers = new Map<string, number>();
	readonly #messagesAt: number;
	readonly #threadsAt: number;
	readonly #unheardAt: number;
	readonly #incarnationsAt: number;
	readonly #lostGiftsAt: number;
	readonly #crashesAt: number;
	readonly setting: Setting;
	state: Uint8Array;

	constructor(core: Core, setting: Setting) {
		this.setting = setting;
		const slots = slotsOf(setting);
		const threads = Array.from({ length: setting.threads }, (_, i) => (i + 1) as ThreadId);
		this.words = [
			core.COUNT,
			core.HUNGRY,
			core.WAITERS,
			core.hintAt(0),
			...slots.map((slot) => core.ownerAt(slot as SlotIndex)),
			...slots.map((slot) => PAYLOAD + slot),
			...threads.flatMap((id) => [core.stateAt(id), core.parentAt(id), core.recipientAt(id)]),
		];
		this.#positions = new Map(this.words.map((at, position) => [at, position]));
		this.#messagesAt = this.words.length;
		this.#threadsAt = this.#messagesAt + setting.messages;
		this.#unheardAt = this.#threadsAt + 3 * setting.threads;
		this.#incarnationsAt = this.#unheardAt + setting.threads;
		this.#lostGiftsAt = this.#incarnationsAt + setting.threads;
		this.#crashesAt = this.#lostGiftsAt + setting.threads;
		this.width = this.#crashesAt + 2;
		this.state = new Uint8Array(this.width);
		this.#numberOf(0);
	}

	#numberOf(value: number): number {
		let number = this.#valueNumbers.get(value);
		if (number === undefined) {
			number = this.#values.length;
			if (number > 255) throw new Error("more than 256 different values in memory");
			this.#values.push(value);
			this.#valueNumbers.set(value, number);
		}
		return number;
	}

	load(at: number): number {
		return this.#values[this.state[this.#position(at)] as number] as number;
	}

	store(at: number, value: number): void {
		this.state[this.#position(at)] = this.#numberOf(value | 0);
	}

	#position(at: number): number {
		const position = this.#positions.get(at);
		if (position === undefined) throw new Error(`no word ${at} is part of what is explored`);
		return position;
	}

	get messages(): Message[] {
		const messages: Message[] = [];
		for (let i = 0; i < this.setting.messages; i++) {
			const message = this.#messages[this.state[this.#messagesAt + i] as number];
			if (message !== undefined) messages.push(message);
		}
		return messages;
	}

	set messages(messages: readonly Message[]) {
		if (messages.length > this.setting.messages) throw new Error("more messages than there is room for");
		const numbers = messages.map((message) => {
			const key = JSON.stringify(message);
			let number = this.#messageNumbers.get(key);
			if (number === undefined) {
				number = this.#messages.length;
				if (number > 255) throw new Error("more than 255 different messages");
				this.#messages.push(message);
				this.#messageNumbers.set(key, number);
			}
			return number;
		});
		numbers.sort((a, b) => b - a);
		for (let i = 0; i < this.setting.messages; i++) this.state[this.#messagesAt + i] = numbers[i] ?? 0;
	}

	thread(mark: number): number {
		const at = this.#threadsAt + 3 * mark;
		const { state } = this;
		return (state[at] as number) | ((state[at + 1] as number) << 8) | ((state[at + 2] as number) << 16);
	}

	setThread(mark: number, index: number): void {
		if (index >= 1 << 24) throw new Error("more than 16 million states of one thread");
		const at = this.#threadsAt + 3 * mark;
		this.state[at] = index;
		this.state[at + 1] = index >> 8;
		this.state[at + 2] = index >> 16;
	}

	/** Which threads, as bits, have yet to hear that this one is dead. */
	unheard(mark: number): number {
		return this.state[this.#unheardAt + mark] as number;
	}

	setUnheard(mark: number, threads: number): void {
		this.state[this.#unheardAt + mark] = threads;
	}

	incarnation(mark: number): number {
		return this.state[this.#incarnationsAt + mark] as number;
	}

	setIncarnation(mark: number, incarnation: number): void {
		this.state[this.#incarnationsAt + mark] = incarnation;
	}

	/** The name under which the registry knows this thread. */
	runtimeId(mark: number): number {
		return mark + 1 + 8 * this.incarnation(mark);
	}

	/** To whom a dead thread was giving a slot: it may have given it, and told nobody. */
	lostGift(mark: number): number {
		return this.state[this.#lostGiftsAt + mark] as number;
	}

	setLostGift(mark: number, recipient: number): void {
		this.state[this.#lostGiftsAt + mark] = recipient;
	}

	get crashes(): number {
		return this.state[this.#crashesAt] as number;
	}

	set crashes(crashes: number) {
		this.state[this.#crashesAt] = crashes;
	}

	get rebirths(): number {
		return this.state[this.#crashesAt + 1] as number;
	}

	set rebirths(rebirths: number) {
		this.state[this.#crashesAt + 1] = rebirths;
	}
}
