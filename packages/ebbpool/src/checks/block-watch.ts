import { disposeSymbol } from "../base/dispose-symbols.ts";
import { referTo } from "../base/refer-to.ts";
import type { SlotBlock } from "../shared/shared-block.ts";
import { endLeakWatch, watchForLeak } from "./leak-watch.ts";
import type { Session } from "./session.ts";
import { here, type Place, traces } from "./traces.ts";

type Block = SlotBlock<never>;

/** What is known of one loan; a block is one loan. */
interface Loan {
	readonly got: Place;
	readonly since: number;
	ended: Place | undefined;
}

/** Watches the blocks that one thread got from a shared pool. */
export class BlockWatch {
	readonly #session: Session;
	readonly #name: string | undefined;
	/** Whether memory that is free is zero, so that whoever wrote into it after the put is found. */
	readonly #zeroed: boolean;
	readonly #put: (block: Block) => void;
	readonly #loans = new WeakMap<Block, Loan>();
	readonly #out = new Set<Loan>();
	/** By slot, until it is taken again: where this thread put a block that was watched. */
	readonly #putAt = new Map<number, Place>();
	#open = true;

	constructor(session: Session, name: string | undefined, zeroed: boolean, put: (block: Block) => void) {
		this.#session = session;
		this.#name = name;
		this.#zeroed = zeroed;
		this.#put = put;
	}

	/** The place of a get whose block is to be watched; nothing if it is not. */
	drawn(): Place | undefined {
		return this.#session.watches() ? here() : undefined;
	}

	/** The block of a `get` or the like, whose memory was free until now. */
	taken(block: Block, got: Place | undefined): Block {
		const { useAfterPut, enabled, sample } = this.#session;
		const { slot } = block.holding;
		const put = this.#putAt.get(slot);
		this.#putAt.delete(slot);
		const isExamined = useAfterPut && enabled && this.#zeroed && (sample === 1 || put !== undefined);
		if (isExamined) this.#expectZeros(block, put);
		return this.got(block, got);
	}

	/** The block of a `get`, `adopt` or the like. */
	got(block: Block, got: Place | undefined): Block {
		if (got === undefined) return block;
		const loan: Loan = { got, since: Date.now(), ended: undefined };
		this.#loans.set(block, loan);
		this.#out.add(loan);
		if (this.#session.leaks) watchForLeak(block, this.#leakReporter(loan));
		Object.defineProperty(block, disposeSymbol, {
			configurable: true,
			value: () => {
				if (block.holding.held) this.#put(block);
			},
		});
		return block;
	}

	/** Apart from what refers to the block: an engine may keep all that the functions of one scope refer to together. */
	#leakReporter(loan: Loan): () => void {
		const out = this.#out;
		const session = this.#session;
		const name = this.#name;
		const self = referTo(this);
		return () => {
			out.delete(loan);
			const watch = self.deref();
			if (watch === undefined || !watch.#open || !session.enabled) return;
			session.find({
				kind: "leaks",
				pool: name,
				happened: "a block was collected without having been put or given: its slot is lost to this thread",
				remedy: "Put it when you are done, also when something throws: using or use does",
				traces: traces(["got at", loan.got]),
			});
		};
	}

	#expectZeros(block: Block, put: Place | undefined): void {
		const { buffer, byteOffset, length } = block.bytes;
		const words = new Int32Array(buffer, byteOffset, length >> 2);
		const rest = block.bytes.subarray(words.byteLength);
		if (words.every((word) => word === 0) && rest.every((byte) => byte === 0)) return;
		block.bytes.fill(0);
		try {
			this.#session.commit({
				kind: "useAfterPut",
				pool: this.#name,
				happened: "memory of a slot was written after its put: it was zeroed then, and is not zero now",
				remedy: "Keep no view of a block's bytes beyond its put",
				traces: traces(["put at", put]),
			});
		} catch (error) {
			// What somebody else did to it is thrown here: nobody gets it.
			this.#put(block);
			throw error;
		}
	}

	/** Tells of a block that is put or given once more. */
	mayEnd(how: "put" | "give", block: Block): void {
		const loan = this.#loans.get(block);
		if (loan?.ended === undefined || !this.#session.doublePut || !this.#session.enabled) return;
		this.#session.commit({
			kind: "doublePut",
			pool: this.#name,
			happened: `${how} of a block that is spent`,
			remedy: "Put or give a block once; whoever holds the slot now is not affected",
			traces: traces(["got at", loan.got], ["put or given at", loan.ended], ["again at", here()]),
		});
	}

	/** After a put or give. */
	ended(block: Block): void {
		const loan = this.#loans.get(block);
		if (loan === undefined) return;
		const ended = here();
		loan.ended = ended;
		this.#out.delete(loan);
		endLeakWatch(block);
		if (this.#session.useAfterPut) this.#reportUses(block, loan);
	}

	/** Remembers where the slot of a block that is watched is put: from then on the block does not know it. */
	remember(block: Block): void {
		if (this.#loans.has(block) && block.holding.held) this.#putAt.set(block.holding.slot, here());
	}

	#reportUses(block: Block, loan: Loan): void {
		const prototype: object = Object.getPrototypeOf(block);
		for (const member of ["bytes", "fields"]) {
			Object.defineProperty(block, member, {
				configurable: true,
				get: () => {
					if (this.#session.enabled) this.#use(member, loan);
					return Reflect.get(prototype, member, block);
				},
			});
		}
	}

	#use(member: string, loan: Loan): void {
		this.#session.commit({
			kind: "useAfterPut",
			pool: this.#name,
			happened: `use of ${member} of a block that is spent`,
			remedy: "Copy what you need before the put, or put later",
			traces: traces(["got at", loan.got], ["put or given at", loan.ended], ["used at", here()]),
		});
	}

	/** A get found no slot: tells what this thread holds for longest, as that is never collected while it is referred to. */
	exhausted(): void {
		const [longest] = this.#out;
		if (longest === undefined || !this.#session.leaks || !this.#session.enabled) return;
		const seconds = (Date.now() - longest.since) / 1_000;
		this.#session.find({
			kind: "leaks",
			pool: this.#name,
			happened: `no slot is free, and this thread holds ${this.#out.size}, one of them for ${seconds.toFixed(1)} s`,
			remedy: "See whether it should have been put by now",
			traces: traces(["got at", longest.got]),
		});
	}

	close(): void {
		this.#open = false;
	}
}
