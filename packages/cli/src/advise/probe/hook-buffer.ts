import { countingCall, hookMethod, isReplaceable, type Method } from "./hook-constructors.ts";
import type { OffHeapCounter } from "./off-heap.ts";

const ALLOCATING = ["alloc", "allocUnsafe", "allocUnsafeSlow", "from", "concat", "copyBytesFrom"] as const;

/**
 * Counts the Buffers that the program asks for. Those made from memory that was there before, as `Buffer.from` does with
 * an `ArrayBuffer`, are views.
 */
export function hookBuffer(counter: OffHeapCounter): void {
	for (const name of ALLOCATING) {
		if (!isReplaceable(Buffer, name)) continue;
		if (name === "from") hookFrom(counter);
		else hookMethod(Buffer, name, `Buffer.${name}`, counter);
	}
}

function hookFrom(counter: OffHeapCounter): void {
	const original = Buffer.from as unknown as Method;
	const value = countingCall(original, (make, args) =>
		isMemory(args[0]) ? viewOf(make, counter) : counter.call("Buffer.from", make),
	);
	Object.defineProperty(Buffer, "from", { value, writable: true, enumerable: true, configurable: true });
}

function viewOf<T>(make: () => T, { views }: OffHeapCounter): T {
	const view = make();
	views.cut(view as T & ArrayBufferView);
	return view;
}

function isMemory(value: unknown): boolean {
	return value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
}
