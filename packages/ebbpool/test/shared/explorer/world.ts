import type { Domain, Domains } from "./domains.ts";
import type { Message, Setting } from "./model.ts";
import { runtimeIdOf } from "./operations.ts";

/**
 * Everything that is shared, as bytes: each word of memory and each message is the number of its value; threads are the
 * numbers of their states. Words that never change, or that nobody reads, take no room.
 */
export class World {
	readonly width: number;
	readonly setting: Setting;
	readonly state: Uint8Array;
	readonly #domains: Domains;
	readonly #positions = new Map<Domain, number>();
	readonly #messagesAt: number;
	readonly #threadsAt: number;
	readonly #unheardAt: number;
	readonly #incarnationsAt: number;
	readonly #lostGiftsAt: number;
	readonly #seenTakenAt: number;
	readonly #crashesAt: number;

	constructor(setting: Setting, domains: Domains) {
		this.setting = setting;
		this.#domains = domains;
		const { threads, messages, rebirths, gifts } = setting;
		for (const domain of domains.words) {
			// A walk does not know which words will come to have other values.
			if (setting.walks || (domain.isRead && domain.values.length > 1))
				this.#positions.set(domain, this.#positions.size);
		}
		this.#messagesAt = this.#positions.size;
		this.#threadsAt = this.#messagesAt + messages;
		this.#unheardAt = this.#threadsAt + 3 * threads;
		this.#crashesAt = this.#unheardAt + threads;
		this.#incarnationsAt = this.#crashesAt + 1;
		this.#lostGiftsAt = this.#incarnationsAt + (rebirths === undefined ? 0 : 1 + threads);
		this.#seenTakenAt = this.#lostGiftsAt + (gifts ? threads : 0);
		this.width = this.#seenTakenAt + (setting.withoutRefusals ? 0 : threads);
		this.state = new Uint8Array(this.width);
	}

	/** The number of a word's value. */
	number(domain: Domain): number {
		const position = this.#positions.get(domain);
		return position === undefined ? 0 : (this.state[position] as number);
	}

	value(domain: Domain): number {
		return domain.values[this.number(domain)] as number;
	}

	store(domain: Domain, number: number): void {
		const position = this.#positions.get(domain);
		if (position !== undefined) this.state[position] = number;
	}

	get messages(): Message[] {
		const messages: Message[] = [];
		for (let i = this.#messagesAt; i < this.#threadsAt; i++) {
			const number = this.state[i] as number;
			if (number > 0) messages.push(this.#domains.messages[number - 1] as Message);
		}
		return messages;
	}

	set messages(messages: readonly Message[]) {
		const room = this.setting.messages;
		if (messages.length > room) throw new Error("more messages than there is room for");
		const numbers = messages.map((message) => this.#domains.numberOf(message) + 1).sort((a, b) => b - a);
		if (numbers.some((number) => number > 255)) throw new Error("more than 255 different messages");
		for (let i = 0; i < room; i++) this.state[this.#messagesAt + i] = numbers[i] ?? 0;
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

	/** How many may still die. */
	get crashes(): number {
		return this.state[this.#crashesAt] as number;
	}

	set crashes(crashes: number) {
		this.state[this.#crashesAt] = crashes;
	}

	/** How many may still come back. */
	get rebirths(): number {
		return this.setting.rebirths === undefined ? 0 : (this.state[this.#incarnationsAt] as number);
	}

	set rebirths(rebirths: number) {
		if (this.setting.rebirths !== undefined) this.state[this.#incarnationsAt] = rebirths;
	}

	/** The name under which the registry knows this thread. */
	runtimeId(mark: number): number {
		return runtimeIdOf(
			mark,
			this.setting.rebirths === undefined ? 0 : (this.state[this.#incarnationsAt + 1 + mark] as number),
		);
	}

	incarnate(mark: number): void {
		const at = this.#incarnationsAt + 1 + mark;
		this.state[at] = (this.state[at] as number) + 1;
	}

	/** To whom a dead thread was giving a slot: it may have given it, and told nobody. */
	lostGift(mark: number): number {
		return this.setting.gifts ? (this.state[this.#lostGiftsAt + mark] as number) : 0;
	}

	setLostGift(mark: number, recipient: number): void {
		this.state[this.#lostGiftsAt + mark] = recipient;
	}

	/** Which slots, as bits, were taken at some time while the thread has been looking for one. */
	seenTaken(mark: number): number {
		return this.state[this.#seenTakenAt + mark] as number;
	}

	setSeenTaken(mark: number, slots: number): void {
		this.state[this.#seenTakenAt + mark] = slots;
	}
}
