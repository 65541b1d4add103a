import { hookMethod, takeOver } from "./hook-constructors.ts";
import type { OffHeapCounter } from "./off-heap.ts";

const ALLOCATING = ["alloc", "allocUnsafe", "allocUnsafeSlow", "from", "concat", "copyBytesFrom"] as const;

/**
 * Counts the Buffers that the program asks for. Those made from memory that was there before, as `Buffer.from` does with
 * an `ArrayBuffer`, are views.
 */
export function hookBuffer(counter: OffHeapCounter): void {
	for (const name of ALLOCATING) {
		if (name === "from") hookFrom(counter);
		else hookMethod(Buffer, name, `Buffer.${name}`, counter);
	}
}

type From = (this: unknown, ...args: unknown[]) => Buffer;

function hookFrom(counter: OffHeapCounter): void {
	const original = Buffer.from as unknown as From;
	const { from } = {
		from(this: unknown, ...args: unknown[]): Buffer {
			const make = (): Buffer => Reflect.apply(original, this, args);
			return isMemory(args[0]) ? make() : counter.call("Buffer.from", make);
		},
	};
	takeOver(from, original);
	Object.defineProperty(Buffer, "from", {
		value: from,
		writable: true,
		enumerable: true,
		configurable: true,
	});
}

function isMemory(value: unknown): boolean {
	return value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
}
