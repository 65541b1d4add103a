import { inspectSymbol } from "../base/inspect-symbol.ts";
import type { SharedPoolHandle } from "./handle.ts";
import type { PoolMemory } from "./pool-memory.ts";

/** A handle that is printed as one line, not with the beginning of its memory; a message carries its data only. */
export function makeHandle({ buffer: memory, name }: PoolMemory, reservedId: number): SharedPoolHandle {
	const line = () => `SharedPoolHandle { ${name ? `${name}, ` : ""}${memory.byteLength} bytes }`;
	return Object.defineProperty({ memory, name, reservedId }, inspectSymbol, { value: line });
}
