import { disposeSymbol } from "../base/dispose-symbols.ts";
import { ItemWatch } from "./item-watch.ts";
import type { Session } from "./session.ts";

/** What the check of a buffer pool needs of its class. */
export interface ArrayPool {
	readonly name: string | undefined;
	get(minLength: number): Uint8Array<ArrayBuffer>;
	put(array: Uint8Array): void;
	discard(array: Uint8Array): void;
	[disposeSymbol](): void;
}

type ArrayPoolClass = new (options?: unknown) => ArrayPool;

/** A subclass of `BufferPool` whose arrays are watched; as {@link checkedPool}. */
export function checkedBufferPool(BufferPool: ArrayPoolClass, sessionOf: () => Session): ArrayPoolClass {
	return class extends BufferPool {
		readonly #session: Session;
		readonly #watch: ItemWatch;

		constructor(options: unknown) {
			const session = sessionOf();
			super(options);
			this.#session = session;
			this.#watch = new ItemWatch(session, this.name);
		}

		override get(minLength: number): Uint8Array<ArrayBuffer> {
			const array = super.get(minLength);
			return #watch in this ? this.#watch.got(array) : array;
		}

		override put(array: Uint8Array): void {
			if (!(#watch in this) || this.#watch.ignores(array)) super.put(array);
			else this.#putWatched(array);
		}

		#putWatched(array: Uint8Array): void {
			if (!this.#watch.mayPut(array)) return;
			const { enabled, useAfterPut } = this.#session;
			const isOurs = enabled && useAfterPut && this.#watch.knows(array);
			const pooled = isOurs && isWhole(array) ? moved(array) : array;
			super.put(pooled);
			// The pool looks at what it has: only an array that it does not have any more may report.
			if (pooled === array) this.#watch.putUnburied(array);
			else this.#watch.put(array);
		}

		override discard(array: Uint8Array): void {
			if (#watch in this) {
				if (!this.#watch.mayDiscard(array)) return;
				this.#watch.discarded(array);
			}
			super.discard(array);
		}

		override [disposeSymbol](): void {
			if (#watch in this) this.#watch.close();
			super[disposeSymbol]();
		}
	};
}

function isWhole(array: Uint8Array): boolean {
	const { buffer } = array;
	return (
		buffer instanceof ArrayBuffer &&
		!(buffer as { resizable?: boolean }).resizable &&
		buffer.byteLength > 0 &&
		buffer.byteLength === array.byteLength
	);
}

/**
 * Takes the memory away from an array, and every view of it: a new array has it. Memory that cannot be moved, such as
 * WebAssembly's, stays where it is.
 */
function moved(array: Uint8Array): Uint8Array {
	const buffer = array.buffer as ArrayBuffer & { transfer?: () => ArrayBuffer };
	try {
		return new Uint8Array(buffer.transfer?.() ?? structuredClone(buffer, { transfer: [buffer] }));
	} catch {
		return array;
	}
}
