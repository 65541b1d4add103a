import { PoolError } from "../errors.ts";
import {
	byteLengthOf,
	COUNT,
	controlWords,
	FLAGS,
	GROUP_SLOTS,
	hintAt,
	ID,
	ID_WORDS,
	INITIAL_SLOTS,
	MAGAZINE,
	MAGIC,
	MAGIC_VALUE,
	MAX_SLOTS,
	MAX_SLOTS_LIMIT,
	SIGNATURE,
	SLOT_SIZE,
	VERSION,
	VERSION_VALUE,
} from "./layout.ts";
import { type GrowableBuffer, PoolMemory } from "./pool-memory.ts";

/** What a pool's memory says of itself. */
export interface Description {
	readonly slotSize: number;
	readonly slots: number;
	readonly maxSlots: number;
	readonly zero: boolean;
	readonly magazine: number;
	/** {@link hashOf} the layout's signature; 0 without a layout. */
	readonly signature: number;
}

/** What a thread is told of a pool; structured clone can carry it. */
export interface SharedPoolHandle {
	readonly memory: SharedArrayBuffer;
	readonly name: string | undefined;
	/** A runtime id for the thread that receives it, where the runtime has none of its own. */
	readonly birth: number;
}

export const MAX_SLOT_SIZE = 2 ** 31 - 1;
export const MAX_MAGAZINE = 1024;

/** 31 bits of FNV-1a, never 0. */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return (hash & 0x7fffffff) | 1;
}

/** The memory of a new pool. */
export function createMemory(description: Description): PoolMemory {
	const { slotSize, slots, maxSlots, zero, magazine, signature } = description;
	const length = byteLengthOf(maxSlots, slotSize, slots);
	const maxByteLength = byteLengthOf(maxSlots, slotSize, maxSlots);
	const buffer = allocate(length, maxByteLength);
	const words = new Int32Array(buffer, 0, controlWords(maxSlots));
	words[SLOT_SIZE] = slotSize;
	words[INITIAL_SLOTS] = slots;
	words[MAX_SLOTS] = maxSlots;
	words[FLAGS] = zero ? 1 : 0;
	words[SIGNATURE] = signature;
	words[MAGAZINE] = magazine;
	crypto.getRandomValues(new Uint32Array(ID_WORDS)).forEach((word, i) => {
		words[ID + i] = word;
	});
	words[COUNT] = slots;
	for (let slot = 0; slot < slots; slot += GROUP_SLOTS) {
		words[hintAt(slot / GROUP_SLOTS)] = slots - slot < GROUP_SLOTS ? 2 ** (slots - slot) - 1 : -1;
	}
	words[VERSION] = VERSION_VALUE;
	words[MAGIC] = MAGIC_VALUE;
	return new PoolMemory(buffer, description);
}

function allocate(length: number, maxByteLength: number): SharedArrayBuffer {
	const Buffer = SharedArrayBuffer as unknown as new (
		length: number,
		options?: { maxByteLength: number },
	) => SharedArrayBuffer;
	try {
		return length === maxByteLength ? new Buffer(length) : new Buffer(length, { maxByteLength });
	} catch (error) {
		throw new PoolError(
			"ERR_POOL_OPTION",
			`SharedPool.create: expected a size that can be reserved, got ${maxByteLength} bytes (${error})`,
		);
	}
}

const byteLengthGetter = Object.getOwnPropertyDescriptor(SharedArrayBuffer.prototype, "byteLength")
	?.get as () => number;

/** The length of a SharedArrayBuffer of any realm; `undefined` for anything else, whatever it pretends to be. */
function sharedLength(value: unknown): number | undefined {
	try {
		return byteLengthGetter.call(value);
	} catch {
		return undefined;
	}
}

/** What says that a handle is none of this pool's, or of no pool. */
export function badHandle(expected: string, actual: unknown = "something else"): PoolError {
	return new PoolError("ERR_POOL_HANDLE", `SharedPool.attach: expected ${expected}, got ${actual}`);
}

function expectWithin(what: string, value: number, min: number, max = Number.POSITIVE_INFINITY): number {
	if (value >= min && value <= max) return value;
	throw badHandle(`${what} from ${min} to ${max}`, value);
}

/** The memory that a handle came with, once it is known to be a pool's and large enough for what it says of itself. */
export function openMemory(buffer: unknown): { memory: PoolMemory; description: Description } {
	const length = sharedLength(buffer);
	if (length === undefined) throw badHandle("the handle of a pool");
	expectWithin("bytes", length, controlWords(1) * 4);
	const shared = buffer as GrowableBuffer;
	const header = new Int32Array(shared, 0, COUNT + 1);
	const read = (word: number, min: number, max: number) =>
		expectWithin(`word ${word}`, header[word] as number, min, max);
	read(MAGIC, MAGIC_VALUE, MAGIC_VALUE);
	read(VERSION, VERSION_VALUE, VERSION_VALUE);
	const slotSize = read(SLOT_SIZE, 1, MAX_SLOT_SIZE);
	const maxSlots = read(MAX_SLOTS, 1, MAX_SLOTS_LIMIT);
	const slots = read(INITIAL_SLOTS, 1, maxSlots);
	const magazine = read(MAGAZINE, 0, MAX_MAGAZINE);
	const zero = read(FLAGS, 0, 1) === 1;
	expectWithin("bytes", length, byteLengthOf(maxSlots, slotSize, read(COUNT, slots, maxSlots)));
	const room = slots < maxSlots ? shared.maxByteLength : length;
	expectWithin("bytes", room, byteLengthOf(maxSlots, slotSize, maxSlots));
	const description = { slotSize, slots, maxSlots, zero, magazine, signature: header[SIGNATURE] as number };
	return { memory: new PoolMemory(shared, description), description };
}

/** Names a pool in all threads: 128 random bits, written when it was made. */
export function poolIdOf(words: Int32Array): string {
	return [...words.subarray(ID, ID + ID_WORDS)]
		.map((word) => (word >>> 0).toString(16).padStart(8, "0"))
		.join("");
}
