import type { Rule } from "../base/rules.ts";

/** Rents arrays: a `BufferPool`. */
export interface ArrayPool {
	get(minLength: number): Uint8Array<ArrayBuffer>;
	put(array: Uint8Array<ArrayBuffer>): void;
	discard(array: Uint8Array<ArrayBuffer>): void;
}

export const anArrayPool: Rule = {
	expected: "a BufferPool",
	accepts: (value) =>
		["get", "put", "discard"].every(
			(method) => typeof (value as Record<string, unknown> | null | undefined)?.[method] === "function",
		),
};
