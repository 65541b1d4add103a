import { PoolError, type PoolErrorCode } from "../base/errors.ts";
import { anInteger, expectValue, type Rule } from "../base/rules.ts";
import { setHint } from "./core/hints.ts";
import { byteLengthOf, COUNT, ID, ID_WORDS, MAGIC, type SlotIndex, VERSION } from "./core/layout.ts";
import { type Description, PoolMemory } from "./pool-memory.ts";
import { aByteLength, aMagazine, aSlotCount, refuse } from "./rules.ts";

/** What a thread is told of a pool; structured clone can carry it. */
export interface SharedPoolHandle {
	readonly memory: SharedArrayBuffer;
	readonly name: string | undefined;
	/** A runtime id for the thread that receives it, where the runtime has none of its own; else 0. */
	readonly reservedId: number;
}

/** 31 bits of FNV-1a, never 0. */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return (hash & 0x7fffffff) | 1;
}

/** The memory of a new pool. */
export function createMemory(description: Description, slots: number): PoolMemory {
	const { slotSize, maxSlots, zero, magazine, signature } = description;
	const length = byteLengthOf(maxSlots, slotSize, slots);
	const maxByteLength = byteLengthOf(maxSlots, slotSize, maxSlots);
	const memory = new PoolMemory(allocate(length, maxByteLength), description);
	const { words } = memory;
	words.set([MAGIC, VERSION, slotSize, slots, maxSlots, Number(zero), signature, magazine]);
	words.set(randomWords(), ID);
	words[COUNT] = slots;
	for (let slot = 0 as SlotIndex; slot < slots; slot++) setHint(memory, slot);
	return memory;
}

/** No secret: they tell pools apart. */
function randomWords(): Int32Array {
	const words = new Int32Array(ID_WORDS);
	if (typeof crypto !== "undefined") return crypto.getRandomValues(words);
	return words.map(() => Math.random() * 2 ** 32);
}

/** What memory that is shared takes of an engine, and what looks after it. */
const NEEDED = [
	"SharedArrayBuffer",
	"Atomics",
	"Promise",
	"Map",
	"Set",
	"WeakMap",
	"Reflect",
	"Int32Array",
	"Uint8Array",
	"Float64Array",
];

/** Refuses an engine in which memory cannot be shared. */
function expectSharing(code: PoolErrorCode, what: string): void {
	for (const name of NEEDED) {
		if ((globalThis as Record<string, unknown>)[name] !== undefined) continue;
		throw new PoolError(
			code,
			`${what}: expected an engine with ${name}; web pages may have it only if they are cross-origin isolated`,
		);
	}
}

function allocate(length: number, maxByteLength: number): SharedArrayBuffer {
	expectSharing("ERR_POOL_OPTION", "SharedPool.create");
	try {
		const Buffer = SharedArrayBuffer as unknown as new (
			length: number,
			options?: { maxByteLength: number },
		) => SharedArrayBuffer;
		return length === maxByteLength ? new Buffer(length) : new Buffer(length, { maxByteLength });
	} catch (error) {
		refuse("ERR_POOL_OPTION", "SharedPool.create: bytes", `what can be reserved (${error})`, maxByteLength);
	}
}

/** The first words of a SharedArrayBuffer of any realm; an error for anything else, whatever it pretends to be. */
function headerOf(buffer: unknown, handle: unknown): Int32Array {
	expectSharing("ERR_POOL_HANDLE", "SharedPool.attach");
	try {
		Reflect.get(SharedArrayBuffer.prototype, "byteLength", buffer);
		return new Int32Array(buffer as SharedArrayBuffer, 0, COUNT + 1);
	} catch {
		return refuse("ERR_POOL_HANDLE", "SharedPool.attach: handle", "pool.handle, as it is", handle);
	}
}

/** Refuses a handle if a part of it is not what it must be. */
export function expectPart<Part>(what: string, value: Part, rule: Rule): Part {
	expectValue("ERR_POOL_HANDLE", `SharedPool.attach: ${what}`, value, rule);
	return value;
}

/** What each word of the header must be, in its order. */
const HEADER = [
	anInteger(MAGIC, MAGIC),
	anInteger(VERSION, VERSION),
	aByteLength,
	aSlotCount,
	aSlotCount,
	anInteger(0, 1),
	anInteger(0, 2 ** 31 - 1),
	aMagazine,
];

/** The memory that a handle came with, once it is known to be a pool's and large enough for what it says of itself. */
export function openMemory(buffer: unknown, handle: unknown): PoolMemory {
	const words = headerOf(buffer, handle);
	const [, , slotSize, slots, maxSlots, zero, signature, magazine] = HEADER.map((rule, at) =>
		expectPart(`word ${at}`, words[at] as number, rule),
	) as [number, number, number, number, number, number, number, number];
	const count = expectPart("slots", words[COUNT] as number, anInteger(slots, maxSlots));
	const shared = buffer as SharedArrayBuffer;
	const needed = byteLengthOf(maxSlots, slotSize, count);
	expectPart("bytes", shared.byteLength, anInteger(needed, 2 ** 53));
	return new PoolMemory(shared, { slotSize, maxSlots, zero: zero === 1, magazine, signature });
}

/** Names a pool in all threads. */
export function poolIdOf(words: Int32Array): string {
	return words.subarray(ID, ID + ID_WORDS).join();
}
