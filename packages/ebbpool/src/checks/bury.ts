import { ifPossible } from "../base/engine.ts";

/** What happens when somebody touches a buried item; what it returns is told of the item only if it returns. */
export type Touched = (key: PropertyKey) => void;

interface Grave {
	readonly prototype: object | null;
	readonly properties: [key: PropertyKey, descriptor: PropertyDescriptor][];
	/** The keys of what stayed where it is; `undefined` if nothing was moved. */
	left: readonly PropertyKey[] | undefined;
	/** That of an array. */
	readonly length: number | undefined;
}

/** Items that are buried; a grave is kept by its item only. */
const graves = ifPossible(() => new WeakMap<object, Grave>());

/** An item with more own properties keeps them where they are: moving them would take too long. */
const MOST_MOVED = 1_000;

/** Whether an item has a method, without running a getter of its. */
export function hasMethod(item: object, name: string): boolean {
	for (let at: object | null = item; at !== null; at = Object.getPrototypeOf(at)) {
		const descriptor = Object.getOwnPropertyDescriptor(at, name);
		if (descriptor !== undefined) return typeof descriptor.value === "function";
	}
	return false;
}

/** What the engine or the runtime may use while nobody else does, by a method that shows it. */
const ACTIVE: readonly (readonly [method: string, what: string])[] = [
	["then", "promises"],
	["addEventListener", "emitters, event targets and streams"],
	["emit", "emitters, event targets and streams"],
	["getReader", "emitters, event targets and streams"],
	["getWriter", "emitters, event targets and streams"],
	["hasRef", "timers and handles"],
];

export const isBuried = (item: object): boolean => graves.has(item);

/** Why an item cannot be buried, or `undefined` if it can. */
export function whyNotBuried(item: object): string | undefined {
	if (graves.has(item)) return undefined;
	try {
		if (!Object.isExtensible(item)) return "items that are frozen, sealed or not extensible";
		return ACTIVE.find(([method]) => hasMethod(item, method))?.[1];
	} catch {
		return "proxies that do not let their target be looked at";
	}
}

/** Moves an item's own properties aside, and puts a prototype in place that tells of each use. */
export function bury(item: object, touched: Touched): void {
	if (graves.has(item)) return;
	try {
		dig(item, touched);
	} catch {
		// A proxy that does not let that be done: it is what it was, as far as it lets it be.
		exhume(item);
	}
}

function dig(item: object, touched: Touched): void {
	const prototype: object | null = Object.getPrototypeOf(item);
	const length = Array.isArray(item) ? item.length : undefined;
	const grave: Grave = { prototype, properties: [], left: undefined, length };
	const keys = Reflect.ownKeys(item);
	const moves = keys.length <= MOST_MOVED && typeof item !== "function" && !ArrayBuffer.isView(item);
	if (moves) {
		for (const key of keys) {
			const descriptor = Object.getOwnPropertyDescriptor(item, key);
			if (descriptor?.configurable) grave.properties.push([key, descriptor]);
		}
	}
	graves.set(item, grave);
	if (!Reflect.setPrototypeOf(item, reporter(grave, touched))) {
		graves.delete(item);
		return;
	}
	for (const [key] of grave.properties) Reflect.deleteProperty(item, key);
	if (moves) grave.left = Reflect.ownKeys(item);
}

/**
 * Makes a buried item what it was; does nothing to others.
 *
 * @returns what somebody changed about it meanwhile past its prototype: the `length` of an array, or a property that it did not have
 */
export function exhume(item: object): PropertyKey | undefined {
	const grave = graves.get(item);
	if (grave === undefined) return undefined;
	graves.delete(item);
	const changed = changeOf(item, grave);
	Reflect.setPrototypeOf(item, grave.prototype);
	for (const [key, descriptor] of grave.properties) Reflect.defineProperty(item, key, descriptor);
	return changed;
}

function changeOf(item: object, { length, left }: Grave): PropertyKey | undefined {
	if (left === undefined) return undefined;
	if (Array.isArray(item) && item.length !== length) return "length";
	return Reflect.ownKeys(item).find((key) => !left.includes(key));
}

function reporter({ prototype, properties }: Grave, touched: Touched): object {
	const moved = (key: PropertyKey) => properties.find(([each]) => each === key)?.[1];
	return new Proxy(Object.create(prototype) as object, {
		get(target, key, receiver) {
			touched(key);
			const descriptor = moved(key);
			if (descriptor === undefined) return Reflect.get(target, key, receiver);
			return descriptor.get ? descriptor.get.call(receiver) : descriptor.value;
		},
		set(_, key, value, receiver) {
			touched(key);
			const descriptor = moved(key);
			if (descriptor?.set) descriptor.set.call(receiver, value);
			else if (descriptor !== undefined) descriptor.value = value;
			else properties.push([key, { value, writable: true, enumerable: true, configurable: true }]);
			return true;
		},
		has(target, key) {
			touched(key);
			return moved(key) !== undefined || Reflect.has(target, key);
		},
		ownKeys(target) {
			touched("the keys");
			return Reflect.ownKeys(target);
		},
		// So that `instanceof` tells of the item what it always did.
		getPrototypeOf: () => prototype,
	});
}
