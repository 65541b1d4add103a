import type { ThreadId } from "../../../dist/shared/layout.js";
import type { OwnerWord } from "../../../dist/shared/owner-word.js";
import type { RuntimeId } from "../../../dist/shared/registry.js";
import { findViolation } from "./invariants.ts";
import { type Core, type Fault, loadCore } from "./load-core.ts";
import { type Local, Model, type Operation, type Outcome, PAYLOAD, type Setting } from "./model.ts";
import { StateSet } from "./state-set.ts";
import type { Step } from "./stepped.ts";
import {
	parentOf,
	sameMessage,
	slotsOf,
	type ThreadState,
	ThreadTable,
	type Transition,
} from "./thread-table.ts";
import { World } from "./world.ts";

export interface Exploration {
	readonly states: number;
	readonly transitions: number;
	/** States of single threads: how much of the source was run. */
	readonly threadStates: number;
	/** Steps of the longest operation. */
	readonly longest: number;
	/** Transitions left out since a generation would have come round to one that somebody still remembers. */
	readonly wrapped: number;
	/** Whether every reachable state was visited. */
	readonly complete: boolean;
	readonly violation: string | undefined;
	/** What happened up to the violation. */
	readonly trace: readonly string[];
}

/** Visits every state that the threads can reach by any interleaving of their steps, breadth first. */
export async function explore(setting: Setting, fault?: Fault): Promise<Exploration> {
	// Two bits of generation and one of hunger, at the upper end of the word: they wrap as in production.
	const bounds = { OWNER_BITS: 10, MAX_THREADS: setting.threads, GENERATION: 2 ** 30, HUNGER: 2 ** 31 };
	return new Explorer(await loadCore(bounds, fault), setting).run();
}

class Explorer {
	readonly #core: Core;
	readonly #setting: Setting;
	readonly #model: Model;
	readonly #table: ThreadTable;
	readonly #world: World;
	readonly #states: StateSet;
	readonly #slotOfWord: ReadonlyMap<number, number>;
	readonly #before: Uint8Array;
	#current = 0;
	#transitions = 0;
	#wrapped = 0;
	#violation: { readonly text: string; readonly state: number; readonly last: string } | undefined;

	constructor(core: Core, setting: Setting) {
		this.#core = core;
		this.#setting = setting;
		this.#model = new Model(core, setting);
		this.#table = new ThreadTable(this.#model);
		this.#world = new World(core, setting);
		this.#states = new StateSet(this.#world.width);
		this.#before = new Uint8Array(this.#world.width);
		this.#slotOfWord = new Map(slotsOf(setting).map((slot) => [core.ownerAt(slot as never), slot]));
	}

	run(): Exploration {
		const { limit = Number.POSITIVE_INFINITY } = this.#setting;
		this.#begin();
		const states = this.#states;
		for (; this.#current < states.size && states.size < limit; this.#current++) {
			states.read(this.#current, this.#before);
			this.#expand();
			if (this.#violation !== undefined) break;
		}
		return {
			states: states.size,
			transitions: this.#transitions,
			threadStates: this.#table.states.length,
			longest: this.#table.states.reduce((longest, { taken }) => Math.max(longest, taken + 1), 0),
			wrapped: this.#wrapped,
			complete: this.#current === states.size,
			violation: this.#violation?.text,
			trace: this.#trace(),
		};
	}

	#begin(): void {
		const world = this.#world;
		const core = this.#core;
		const { threads, slots, initialSlots = slots, crashes, rebirths = 0 } = this.#setting;
		world.store(core.COUNT, initialSlots);
		world.store(core.hintAt(0), 2 ** initialSlots - 1);
		for (let mark = 0; mark < threads; mark++) {
			const id = (mark + 1) as ThreadId;
			world.store(core.stateAt(id), core.stateWord(world.runtimeId(mark) as RuntimeId, core.ALIVE));
			world.store(core.parentAt(id), parentOf(this.#setting, mark));
			world.setThread(mark, this.#table.idle(mark, this.#model.newLocal(id)).index);
		}
		world.crashes = crashes;
		world.rebirths = rebirths;
		this.#states.add(world.state, -1);
	}

	#threadState(mark: number): ThreadState {
		return this.#table.states[this.#world.thread(mark)] as ThreadState;
	}

	/** Starts a transition from the current state. */
	#rewind(): void {
		this.#world.state.set(this.#before);
	}

	#finish(describe: () => string, found?: string): void {
		this.#transitions++;
		this.#canonicalize();
		if (!this.#states.add(this.#world.state, this.#current) && found === undefined) return;
		const threads = Array.from({ length: this.#setting.threads }, (_, mark) => this.#threadState(mark));
		const text = found ?? findViolation(this.#core, this.#world, threads);
		if (text !== undefined) this.#violation ??= { text, state: this.#states.size - 1, last: describe() };
	}

	/** Counts each slot's generations from its owner word's: states that differ in that alone are one. */
	#canonicalize(): void {
		const world = this.#world;
		for (const [at, slot] of this.#slotOfWord) {
			const word = world.load(at);
			const by = -(word & -(2 ** 30)) | 0;
			if (by === 0) continue;
			world.store(at, word + by);
			const messages = world.messages;
			if (messages.length > 0) {
				world.messages = messages.map((message) =>
					message.slot === slot ? { ...message, word: (message.word + by) | 0 } : message,
				);
			}
			for (let mark = 0; mark < this.#setting.threads; mark++) {
				world.setThread(mark, this.#table.rotate(this.#threadState(mark), slot, by).index);
			}
		}
	}

	#expand(): void {
		for (let mark = 0; mark < this.#setting.threads; mark++) {
			this.#rewind();
			const thread = this.#threadState(mark);
			if (thread.local === undefined) {
				this.#revive(mark, thread);
				continue;
			}
			this.#crash(mark);
			this.#rewind();
			if (thread.step !== undefined) this.#take(mark, thread, thread.step);
			else
				for (const operation of this.#operations(mark, thread.local)) this.#perform(mark, thread, operation);
		}
	}

	#crash(mark: number): void {
		const world = this.#world;
		const { threads, deaths } = this.#setting;
		if (world.crashes === 0 || (deaths === "parent" && mark === 0)) return;
		this.#rewind();
		world.crashes--;
		const last = deaths === "parent" ? threads - 1 : mark;
		for (let dying = mark; dying <= last; dying++) {
			const { operation } = this.#threadState(dying);
			if (operation?.name === "giveTo") world.setLostGift(dying, operation.id);
			world.setThread(dying, this.#table.dead(dying).index);
			for (let other = 0; other < threads; other++) {
				world.setUnheard(other, world.unheard(other) & ~(1 << dying));
			}
		}
		let hearing = 0;
		for (let other = 0; other < threads; other++) {
			const hears = deaths === "parent" ? other === mark - 1 : other !== mark;
			if (hears && this.#threadState(other).local !== undefined) hearing |= 1 << other;
		}
		world.setUnheard(mark, hearing);
		this.#finish(() => `thread ${mark} dies`);
	}

	/** A new thread registers; the driver knows it by the dead one's mark. */
	#revive(mark: number, thread: ThreadState): void {
		const world = this.#world;
		if (world.rebirths === 0 || world.unheard(mark) !== 0) return;
		world.rebirths--;
		world.setIncarnation(mark, world.incarnation(mark) + 1);
		const operation: Operation = { name: "enter", id: world.runtimeId(mark), mark };
		this.#settle(
			mark,
			this.#table.begin(thread, operation, this.#model.newLocal(0)),
			() => `thread ${mark} enters`,
		);
	}

	#operations(mark: number, local: Local): Operation[] {
		const world = this.#world;
		const { held, messages, gifts, threads, roles } = this.#setting;
		if (local.me === 0) return []; // found the registry full
		const operations: Operation[] = [];
		for (let dead = 0; dead < threads; dead++) {
			if ((world.unheard(dead) & (1 << mark)) !== 0)
				operations.push({ name: "reap", id: world.runtimeId(dead) });
		}
		let holding = 0;
		const free = messages - world.messages.length - this.#giftsUnderWay();
		for (const [slot, block] of local.blocks.entries()) {
			if (!block.held) continue;
			holding++;
			operations.push({ name: "put", slot });
			if (free <= 0) continue;
			operations.push({ name: "give", slot });
			if (!gifts) continue;
			for (let other = 0; other < threads; other++) {
				const to = this.#threadState(other).local?.me ?? other + 1;
				if (other !== mark && to !== 0)
					operations.push({ name: "giveTo", slot, to, id: world.runtimeId(other) });
			}
		}
		if (holding < held) {
			operations.push({ name: "get" });
			for (const message of world.messages) operations.push({ name: "adopt", message });
		}
		if (local.private !== undefined || local.magazine.length > 0) operations.push({ name: "answerHunger" });
		const role = roles?.[mark];
		return role === undefined ? operations : operations.filter(({ name }) => role.includes(name));
	}

	#giftsUnderWay(): number {
		let gifts = 0;
		for (let mark = 0; mark < this.#setting.threads; mark++) {
			if (this.#threadState(mark).operation?.name === "giveTo") gifts++;
		}
		return gifts;
	}

	#perform(mark: number, thread: ThreadState, operation: Operation): void {
		this.#rewind();
		const world = this.#world;
		if (operation.name === "reap") {
			for (let dead = 0; dead < this.#setting.threads; dead++) {
				if (world.runtimeId(dead) === operation.id)
					world.setUnheard(dead, world.unheard(dead) & ~(1 << mark));
			}
		}
		const describe = () => `thread ${mark} begins ${JSON.stringify(operation)}`;
		this.#settle(mark, this.#table.begin(thread, operation), describe);
	}

	#take(mark: number, thread: ThreadState, step: Step): void {
		for (const result of this.#results(step)) {
			this.#rewind();
			if (!this.#apply(mark, step, result)) {
				this.#wrapped++;
				continue;
			}
			const { kind, at, a, b } = step;
			const describe = () =>
				`thread ${mark} in ${thread.operation?.name}: ${kind} ${this.#nameOf(at)} ${a} ${b} → ${result}`;
			this.#settle(mark, this.#table.advance(thread, result), describe);
		}
	}

	/** What a step may return: one value, but for a plain read, which may find what was there before. */
	#results({ kind, at, a }: Step): number[] {
		const value = this.#world.load(at);
		if (kind === "swap") return [value === a ? 1 : 0];
		if (kind === "peek" && at === this.#core.HUNGRY) return [0, -(2 ** 31)];
		return [value];
	}

	#apply(mark: number, { kind, at, a, b }: Step, result: number): boolean {
		const world = this.#world;
		if (kind === "load" || kind === "peek" || (kind === "swap" && result === 0)) return true;
		const before = world.load(at);
		const after = { store: a, swap: b, add: (before + a) | 0, or: before | a, and: before & a }[kind];
		const moves = this.#core.withoutMark(after as OwnerWord) !== this.#core.withoutMark(before as OwnerWord);
		if (moves && this.#isRemembered(mark, at, after)) return false;
		world.store(at, after);
		return true;
	}

	/**
	 * Whether an owner word would take a value that somebody remembers from a generation ago. With 22 bits nobody sleeps
	 * that long; with two, somebody does.
	 */
	#isRemembered(mark: number, at: number, word: number): boolean {
		const slot = this.#slotOfWord.get(at);
		if (slot === undefined || this.#core.isFree(word as OwnerWord)) return false;
		const { withoutMark } = this.#core;
		const same = (other: { slot: number; word: number }) =>
			other.slot === slot && withoutMark(other.word as OwnerWord) === withoutMark(word as OwnerWord);
		if (this.#world.messages.some(same)) return true;
		for (let other = 0; other < this.#setting.threads; other++) {
			if (other !== mark && this.#threadState(other).remembered.some(same)) return true;
		}
		return false;
	}

	/** Brings the world to where a transition of one thread leads. */
	#settle(mark: number, { to, outcome }: Transition, describe: () => string): void {
		this.#world.setThread(mark, to.index);
		const dirty =
			outcome?.wrote !== undefined && this.#world.load(PAYLOAD + outcome.wrote) !== 0
				? `I1: thread ${mark} got slot ${outcome.wrote} with old content`
				: undefined;
		if (outcome !== undefined) this.#conclude(mark, outcome);
		this.#finish(describe, outcome?.violation ?? dirty);
	}

	#conclude(mark: number, { sent, rejected, wrote }: Outcome): void {
		const world = this.#world;
		if (sent !== undefined) world.messages = [...world.messages, sent];
		if (rejected !== undefined) {
			world.messages = world.messages.filter((message) => !sameMessage(message, rejected));
		}
		if (wrote !== undefined) world.store(PAYLOAD + wrote, mark + 1);
	}

	#nameOf(at: number): string {
		const core = this.#core;
		const names: [string, number][] = [
			["COUNT", core.COUNT],
			["HUNGRY", core.HUNGRY],
			["WAITERS", core.WAITERS],
			["hint", core.hintAt(0)],
		];
		for (const slot of slotsOf(this.#setting)) {
			names.push([`owner ${slot}`, core.ownerAt(slot as never)], [`payload ${slot}`, PAYLOAD + slot]);
		}
		for (let i = 1; i <= this.#setting.threads; i++) {
			const id = i as ThreadId;
			names.push([`state ${i}`, core.stateAt(id)], [`parent ${i}`, core.parentAt(id)]);
			names.push([`recipient ${i}`, core.recipientAt(id)]);
		}
		return names.find(([, word]) => word === at)?.[0] ?? String(at);
	}

	/** The states up to the violation: what each thread was in the middle of. */
	#trace(): string[] {
		if (this.#violation === undefined) return [];
		const lines = [this.#violation.last];
		for (let at = this.#states.parent(this.#violation.state); at >= 0; at = this.#states.parent(at)) {
			this.#states.read(at, this.#world.state);
			const threads = Array.from({ length: this.#setting.threads }, (_, mark) => {
				const { local, operation, step } = this.#threadState(mark);
				if (local === undefined) return "dead";
				return step === undefined
					? "idle"
					: `${JSON.stringify(operation)} before ${step.kind} ${this.#nameOf(step.at)}`;
			});
			lines.unshift(threads.join(" | "));
		}
		return lines;
	}
}
