import { ByteBuffer } from "../bytes/byte-buffer.ts";
import { kindOf } from "./item-kind.ts";

/** What can be seen of an item: the value of each path below it. Two states are compared, so objects stand for what is in them. */
export type ItemState = ReadonlyMap<string, unknown>;

const DEPTH = 3;
const MOST_ELEMENTS = 1_024;
/** An item with more than that is looked at in part. */
const MOST_PATHS = 4_096;

/** Stands for what is there and not looked into. */
const OPAQUE = Symbol("what is not looked into");
/** Stands for memory. */
const MEMORY = Symbol("memory");
/** Stands for an object, whose content has paths of its own. */
const CONTENT = Symbol("an object");

/** What can be seen of an item now. Runs none of the item's own code. */
export function stateOf(item: object): ItemState {
	const state = new Map<string, unknown>();
	const seen = new Set<object>();
	if (ArrayBuffer.isView(item) && !(item instanceof DataView)) {
		const elements = item as unknown as ArrayLike<unknown>;
		const length = Math.min(elements.length, MOST_ELEMENTS);
		for (let i = 0; i < length; i++) state.set(`[${i}]`, elements[i]);
		return state;
	}
	try {
		if (kindOf(item) !== "runtime") walk(item, "", DEPTH);
	} catch {
		// A proxy that does not let itself be looked at.
	}
	return state;

	function walk(value: object, path: string, depth: number): void {
		if (seen.has(value) || state.size >= MOST_PATHS) return;
		seen.add(value);
		if (value instanceof Map || value instanceof Set) lookInto(value, path, depth);
		if (value instanceof Date) state.set(`${path}.time`, value.getTime());
		const isBuffer = kindOf(value) === "buffer";
		if (Array.isArray(value)) state.set(`${path}.length`, value.length);
		if (isBuffer) state.set(`${path}.length`, (value as ByteBuffer).length);
		for (const key of Reflect.ownKeys(value).slice(0, MOST_ELEMENTS)) {
			const descriptor = Object.getOwnPropertyDescriptor(value, key);
			if (descriptor === undefined || !isState(key, descriptor)) continue;
			if (isBuffer && isOfBuffers(key)) continue;
			const isNamed = typeof key === "string" && !Array.isArray(value);
			see(descriptor.value, isNamed ? `${path}.${key}` : `${path}[${String(key)}]`, depth);
		}
	}

	/** What is found by a key that has no identity of its own; whatever the item's class makes of these methods. */
	function lookInto(value: Map<unknown, unknown> | Set<unknown>, path: string, depth: number): void {
		state.set(`${path}.size`, value.size);
		const isMap = value instanceof Map;
		const entries: Iterable<unknown[]> = (isMap ? Map : Set).prototype.entries.call(value as never);
		for (const [key, found] of entries) {
			if (state.size >= MOST_PATHS) return;
			if (Object(key) === key) continue;
			const named = typeof key === "string" ? JSON.stringify(key) : String(key);
			if (isMap) see(found, `${path}.get(${named})`, depth);
			else state.set(`${path}.has(${named})`, true);
		}
	}

	function see(value: unknown, path: string, depth: number): void {
		// What is not there reads the same.
		if (value === undefined) return;
		if (typeof value !== "object" || value === null) state.set(path, value);
		// Memory inside an item is its capacity.
		else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) state.set(path, MEMORY);
		else if (depth === 0 || kindOf(value) === "runtime") state.set(path, OPAQUE);
		else {
			if (!isList(value)) state.set(path, CONTENT);
			walk(value, path, depth - 1);
		}
	}
}

/** Whether a property is part of what an item is for its user; `stack` and the like are what the engine keeps. */
function isState(key: PropertyKey, { enumerable, writable, get }: PropertyDescriptor): boolean {
	if (get !== undefined || /capacity/i.test(String(key))) return false;
	return (
		enumerable === true || (writable === true && key !== "stack" && key !== "length" && key !== "prototype")
	);
}

/** The paths at which two states differ. */
export function differences(a: ItemState, b: ItemState): string[] {
	const paths = [...a.keys(), ...[...b.keys()].filter((path) => !a.has(path))];
	return paths.filter((path) => !same(a.get(path), b.get(path)) && !isRoom(path, a, b));
}

const isList = (value: object): boolean =>
	Array.isArray(value) || value instanceof Map || value instanceof Set || kindOf(value) === "buffer";

let keysOfBuffers: readonly PropertyKey[] | undefined;

/** Whether a property is how a `ByteBuffer` works: its user sees its length, and a subclass may have more. */
function isOfBuffers(key: PropertyKey): boolean {
	keysOfBuffers ??= Reflect.ownKeys(new ByteBuffer());
	return keysOfBuffers.includes(key);
}

/** Whether a path was nothing, and is memory or an emptied list, `Map` or `Set`: room that is kept for the next use. */
function isRoom(path: string, whenNew: ItemState, now: ItemState): boolean {
	if ((whenNew.get(path) ?? undefined) !== undefined) return false;
	const value = now.get(path);
	if (value === undefined) return now.get(`${path}.length`) === 0 || now.get(`${path}.size`) === 0;
	return value === MEMORY || (value === 0 && /\.(length|size)$/.test(path));
}

/** Whether two values are the same to whoever reads them; 0 and -0 are. */
export const same = (a: unknown, b: unknown): boolean => a === b || Object.is(a, b);
