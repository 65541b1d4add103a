import { disposeSymbol } from "../base/dispose-symbols.ts";
import { PoolError, type PoolErrorCode } from "../base/errors.ts";
import type { PoolMemory } from "../shared/pool-memory.ts";
import type { SlotBlock } from "../shared/shared-block.ts";
import { BlockWatch } from "./block-watch.ts";
import type { Session } from "./session.ts";

type Block = SlotBlock<never>;

/** What the check of a shared pool needs of its class. */
export interface BlockPool {
	readonly name: string | undefined;
	get(): Block;
	tryGet(): Block | undefined;
	getAsync(options?: unknown): Promise<Block>;
	put(block: Block): void;
	give(block: Block, worker?: object): number;
	adopt(message: number): Block;
	revoke(message: number): Block | undefined;
	[disposeSymbol](): void;
}

type BlockPoolClass = new (memory: PoolMemory, ...others: unknown[]) => BlockPool;

/** A subclass of `SharedPool` whose blocks are watched. */
export function checkedSharedPool(SharedPool: BlockPoolClass, sessionOf: () => Session): BlockPoolClass {
	return class extends SharedPool {
		readonly #watch: BlockWatch;

		constructor(memory: PoolMemory, ...others: unknown[]) {
			const session = sessionOf();
			super(memory, ...others);
			const give = (block: Block) => this.put(block);
			this.#watch = new BlockWatch(session, this.name, memory.zero, give);
		}

		override get(): Block {
			try {
				return this.#watch.taken(super.get(), this.#watch.drawn());
			} catch (error) {
				if (isCode(error, "ERR_POOL_EXHAUSTED")) this.#watch.exhausted();
				throw error;
			}
		}

		override tryGet(): Block | undefined {
			const block = super.tryGet();
			return block && this.#watch.taken(block, this.#watch.drawn());
		}

		override getAsync(options?: unknown): Promise<Block> {
			const got = this.#watch.drawn();
			return super.getAsync(options).then(
				(block) => this.#watch.taken(block, got),
				(error) => {
					if (isCode(error, "ERR_POOL_TIMEOUT")) this.#watch.exhausted();
					throw error;
				},
			);
		}

		override put(block: Block): void {
			this.#watch.mayEnd("put", block);
			this.#watch.remember(block);
			super.put(block);
			this.#watch.ended(block);
		}

		override give(block: Block, worker?: object): number {
			this.#watch.mayEnd("give", block);
			const message = super.give(block, worker);
			this.#watch.ended(block);
			return message;
		}

		override adopt(message: number): Block {
			return this.#watch.got(super.adopt(message), this.#watch.drawn());
		}

		override revoke(message: number): Block | undefined {
			const block = super.revoke(message);
			return block && this.#watch.got(block, this.#watch.drawn());
		}

		override [disposeSymbol](): void {
			this.#watch.close();
			super[disposeSymbol]();
		}
	};
}

const isCode = (error: unknown, code: PoolErrorCode): boolean =>
	error instanceof PoolError && error.code === code;
