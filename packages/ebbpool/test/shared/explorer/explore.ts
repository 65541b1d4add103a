import { seeded } from "../support/random.ts";
import { describeRest } from "./describe-rest.ts";
import { Domains } from "./domains.ts";
import type { Exploration } from "./exploration.ts";
import { GENERATION } from "./generations.ts";
import { Invariants } from "./invariants.ts";
import { LazyPhases } from "./lazy-phases.ts";
import { type Fault, loadCore } from "./load-core.ts";
import { agedMessage } from "./local.ts";
import { type Message, Model, type Operation, type Outcome, type Setting } from "./model.ts";
import { OperationStates } from "./operation-states.ts";
import { dyingWith, isMortal, marksOf, mayAdopt } from "./operations.ts";
import { type PhaseSource, Phases } from "./phases.ts";
import { Refusals } from "./refusals.ts";
import { StateSet } from "./state-set.ts";
import { type Action, type ThreadState, ThreadTable } from "./thread-table.ts";
import { World } from "./world.ts";

/** Where a walk may go on. */
interface Choice {
	readonly state: Uint8Array;
	readonly violation: string | undefined;
	readonly description: string;
	readonly isDeath: boolean;
}

/** How often a thread that may die does, in a step of a walk. */
const DEATHS = 0.02;

/** Visits every state that the threads can reach by any interleaving of their steps, breadth first; or walks among them. */
export async function explore(setting: Setting, fault?: Fault): Promise<Exploration> {
	const bounds = { OWNER_BITS: 10, MAX_THREADS: setting.threads, GENERATION, FLUSH_REQUEST: 2 ** 31 };
	const core = await loadCore(bounds, fault);
	const model = new Model(core, setting);
	const domains = new Domains(core, setting);
	const operations = new OperationStates(model, domains);
	// Which values there are is found out on the way; what was done before all were known is done again.
	for (;;) {
		const explorer = new Explorer(model, domains, operations);
		const exploration = setting.walks ? explorer.walk(setting.walks) : explorer.run();
		if (exploration !== undefined) return exploration;
	}
}

class Explorer {
	readonly #setting: Setting;
	readonly #domains: Domains;
	readonly #version: number;
	readonly #operations: OperationStates;
	readonly #phases: PhaseSource;
	readonly #table: ThreadTable;
	readonly #world: World;
	readonly #states: StateSet;
	readonly #invariants: Invariants;
	/** I7, which one state does not show. */
	readonly #refusals: Refusals | undefined;
	readonly #before: Uint8Array;
	readonly #threads: ThreadState[] = [];
	readonly #violations = new Set<string>();
	readonly #violating = new Set<number>();
	readonly #atRest = new Set<string>();
	/** What the last steps of a walk may lead to, if this is one. */
	#choices: Choice[] | undefined;
	#current = 0;
	#transitions = 0;
	#violation: { readonly text: string; readonly state: number; readonly last: string } | undefined;

	constructor(model: Model, domains: Domains, operations: OperationStates) {
		const { core, setting } = model;
		this.#setting = setting;
		this.#domains = domains;
		this.#version = domains.version;
		this.#operations = operations;
		this.#phases = setting.walks
			? new LazyPhases(domains, operations)
			: new Phases(setting, domains, operations);
		this.#table = new ThreadTable(model, this.#phases);
		this.#world = new World(setting, domains);
		this.#invariants = new Invariants(core, setting, domains);
		this.#refusals = setting.withoutRefusals ? undefined : new Refusals(core, domains);
		this.#states = new StateSet(this.#world.width);
		this.#before = new Uint8Array(this.#world.width);
		for (const mark of marksOf(setting)) {
			this.#world.setThread(mark, this.#table.idle(mark, model.newLocal(mark + 1)));
		}
		this.#world.crashes = setting.crashes;
		this.#world.rebirths = setting.rebirths ?? 0;
		this.#states.add(this.#world.state, -1);
	}

	/** @returns nothing if a word turned out to have a value that was not known in the beginning */
	run(): Exploration | undefined {
		const { limit = Number.POSITIVE_INFINITY, exhaustive } = this.#setting;
		const states = this.#states;
		for (; this.#current < states.size && states.size < limit; this.#current++) {
			if (this.#violating.has(this.#current)) continue;
			states.read(this.#current, this.#before);
			this.#expand();
			if (this.#domains.version !== this.#version) return undefined;
			if (this.#violation !== undefined && !exhaustive) break;
		}
		return {
			states: states.size,
			transitions: this.#transitions,
			threadStates: this.#operations.size,
			phases: this.#phases.size,
			complete: this.#current === states.size,
			violation: this.#violation?.text,
			trace: this.#trace(),
			violations: this.#violations,
			atRest: this.#atRest,
		};
	}

	/** Goes from state to state at random: one next state of one thread each, deaths now and then. */
	walk({ count, steps, seed }: NonNullable<Setting["walks"]>): Exploration {
		const random = seeded(seed);
		const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
		const first = this.#world.state.slice();
		const trace: string[] = [];
		let violation: string | undefined;
		for (let walk = 0; walk < count && violation === undefined; walk++) {
			this.#before.set(first);
			trace.length = 0;
			for (let step = 0; step < steps && violation === undefined; step++) {
				this.#choices = [];
				this.#expandThread(Math.floor(random() * this.#setting.threads));
				const isDeath = random() < DEATHS;
				const possible = this.#choices.filter((choice) => choice.isDeath === isDeath);
				if (possible.length === 0) continue;
				const choice = pick(possible);
				this.#before.set(choice.state);
				this.#states.add(choice.state, -1);
				this.#transitions++;
				trace.push(choice.description);
				violation = choice.violation;
			}
		}
		return {
			states: this.#states.size,
			transitions: this.#transitions,
			threadStates: this.#operations.size,
			phases: this.#phases.size,
			complete: false,
			violation,
			trace,
			violations: this.#violations,
			atRest: this.#atRest,
		};
	}

	#threadState(mark: number): ThreadState {
		return this.#table.states[this.#world.thread(mark)] as ThreadState;
	}

	/** Starts a transition from the current state. */
	#rewind(): void {
		this.#world.state.set(this.#before);
	}

	#finish(describe: () => string, found?: string): void {
		if (this.#choices !== undefined) {
			this.#choices.push(this.#choiceOf(describe(), found));
			return;
		}
		this.#transitions++;
		if (!this.#states.add(this.#world.state, this.#current) && found === undefined) return;
		for (let mark = 0; mark < this.#setting.threads; mark++) this.#threads[mark] = this.#threadState(mark);
		const text = found ?? this.#invariants.findViolation(this.#world, this.#threads);
		if (text === undefined) {
			if (this.#setting.exhaustive) this.#collect();
			return;
		}
		const state = this.#states.size - 1;
		this.#violation ??= { text, state, last: describe() };
		if (!this.#setting.exhaustive) return;
		this.#violations.add(text);
		this.#violating.add(state);
	}

	#choiceOf(description: string, found: string | undefined): Choice {
		for (let mark = 0; mark < this.#setting.threads; mark++) this.#threads[mark] = this.#threadState(mark);
		return {
			state: this.#world.state.slice(),
			violation: found ?? this.#invariants.findViolation(this.#world, this.#threads),
			description,
			isDeath: description.endsWith(" dies"),
		};
	}

	#collect(): void {
		if (this.#threads.some(({ phase }) => phase !== undefined)) return;
		this.#atRest.add(describeRest(this.#world, this.#domains, this.#threads));
	}

	#expand(): void {
		for (let mark = 0; mark < this.#setting.threads; mark++) this.#expandThread(mark);
	}

	#expandThread(mark: number): void {
		this.#rewind();
		const thread = this.#threadState(mark);
		if (thread.local === undefined) {
			this.#revive(mark, thread);
			return;
		}
		this.#crash(mark);
		if (thread.phase !== undefined) this.#step(mark, thread);
		else this.#begin(mark, thread);
	}

	#crash(mark: number): void {
		const world = this.#world;
		const { threads, deaths, parents } = this.#setting;
		const parent = parents?.[mark];
		if (world.crashes === 0 || !isMortal(this.#setting, mark)) return;
		if (deaths === "parent" && parent === undefined) return; // nobody would hear of it
		world.crashes--;
		for (const dying of dyingWith(this.#setting, mark)) {
			const { operation } = this.#threadState(dying);
			if (operation?.name === "giveTo") world.setLostGift(dying, operation.id);
			world.setThread(dying, this.#table.dead(dying));
			if (this.#refusals !== undefined) world.setSeenTaken(dying, 0);
			for (let other = 0; other < threads; other++) {
				world.setUnheard(other, world.unheard(other) & ~(1 << dying));
			}
		}
		let hearing = 0;
		for (let other = 0; other < threads; other++) {
			const hears = deaths === "parent" ? other === parent : other !== mark;
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
		world.incarnate(mark);
		for (const [operation, action] of this.#table.operations(thread.index)) {
			if (operation.name !== "enter" || operation.id !== world.runtimeId(mark)) continue;
			this.#settle(mark, action, () => `thread ${mark} enters`);
		}
	}

	#begin(mark: number, thread: ThreadState): void {
		this.#rewind();
		const world = this.#world;
		const { messages } = this.#setting;
		const hasRoom = messages > 0 && world.messages.length + this.#giftsUnderWay() < messages;
		for (const [operation, action] of this.#table.operations(thread.index)) {
			this.#rewind();
			if (!this.#isPossible(mark, operation, hasRoom)) continue;
			if (operation.name === "reap") {
				world.setUnheard(operation.other, world.unheard(operation.other) & ~(1 << mark));
			}
			this.#settle(mark, action, () => `thread ${mark} begins ${JSON.stringify(operation)}`);
		}
		if (messages === 0 || !mayAdopt(this.#setting, mark, thread.local as never)) return;
		this.#rewind();
		for (const message of world.messages) {
			this.#rewind();
			const describe = () => `thread ${mark} begins to adopt ${JSON.stringify(message)}`;
			this.#settle(mark, this.#table.adoption(thread.index, message), describe);
		}
	}

	#isPossible(mark: number, operation: Operation, hasRoom: boolean): boolean {
		const world = this.#world;
		switch (operation.name) {
			case "reap":
				return (
					(world.unheard(operation.other) & (1 << mark)) !== 0 &&
					world.runtimeId(operation.other) === operation.id
				);
			case "give":
				return hasRoom;
			case "giveTo": {
				const { other, to, id } = operation;
				const entry = this.#threadState(other).local?.me ?? other + 1;
				return hasRoom && entry === to && world.runtimeId(other) === id;
			}
			default:
				return true;
		}
	}

	#giftsUnderWay(): number {
		let gifts = 0;
		for (let mark = 0; mark < this.#setting.threads; mark++) {
			if (this.#threadState(mark).operation?.name === "giveTo") gifts++;
		}
		return gifts;
	}

	#step(mark: number, thread: ThreadState): void {
		const { index, domain, peeks, operation } = thread;
		if (domain === undefined) return; // endless: the search is over
		this.#rewind();
		const now = this.#world.number(domain);
		// A plain read may find what was there before.
		const [first, last] = peeks ? [0, domain.values.length - 1] : [now, now];
		for (let number = first; number <= last; number++) {
			this.#rewind();
			this.#refusals?.see(this.#world, mark, thread, domain.values[number] as number);
			const action = this.#table.step(index, number);
			if (action.value !== undefined) this.#world.store(domain, action.value);
			if (action.renews !== undefined) this.#renew(mark, action.renews);
			const describe = () =>
				`thread ${mark} in ${operation?.name}: ${domain.name} ${domain.values[number]} → ${domain.values[action.value ?? number]}`;
			this.#settle(mark, action, describe);
		}
	}

	/** A generation of the slot is over, for all but the thread that ends it: that knows already. */
	#renew(mark: number, slot: number): void {
		const world = this.#world;
		for (let other = 0; other < this.#setting.threads; other++) {
			if (other !== mark) world.setThread(other, this.#table.age(world.thread(other), slot));
		}
		if (this.#setting.messages > 0) {
			world.messages = world.messages.map((message) => agedMessage(message, slot));
		}
	}

	/** Brings the world to where a transition of one thread leads. */
	#settle(mark: number, { to, outcome }: Action, describe: () => string): void {
		this.#world.setThread(mark, to);
		const wrote = outcome?.wrote;
		const isDirty = wrote !== undefined && this.#world.value(this.#domains.payload(wrote)) !== 0;
		if (outcome !== undefined) this.#conclude(mark, outcome);
		const dirty = isDirty ? `I1: thread ${mark} got slot ${wrote} with old content` : undefined;
		const refused = outcome?.refused && this.#refusals?.findViolation(this.#world, mark);
		if (this.#refusals !== undefined && this.#threadState(mark).phase?.mayBeRefused !== true) {
			this.#world.setSeenTaken(mark, 0);
		}
		this.#finish(describe, outcome?.violation ?? dirty ?? refused);
	}

	#conclude(mark: number, { sent, rejected, wrote }: Outcome): void {
		const world = this.#world;
		if (sent !== undefined) world.messages = [...world.messages, sent];
		if (rejected !== undefined)
			world.messages = world.messages.filter((message) => !isSame(message, rejected));
		if (wrote !== undefined) {
			const payload = this.#domains.payload(wrote);
			world.store(payload, this.#domains.include(payload, mark + 1));
		}
	}

	/** The states up to the violation: what each thread was in the middle of. */
	#trace(): string[] {
		if (this.#violation === undefined) return [];
		const lines = [this.#violation.last];
		for (let at = this.#states.parent(this.#violation.state); at >= 0; at = this.#states.parent(at)) {
			this.#states.read(at, this.#world.state);
			const threads = marksOf(this.#setting).map((mark) => {
				const { local, operation, domain } = this.#threadState(mark);
				if (local === undefined) return "dead";
				return domain === undefined ? "idle" : `${JSON.stringify(operation)} before ${domain.name}`;
			});
			lines.unshift(threads.join(" | "));
		}
		return lines;
	}
}

const isSame = (one: Message, other: Message): boolean => one.slot === other.slot && one.word === other.word;
