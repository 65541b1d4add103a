/** What happens when somebody touches a buried item; what it returns is told of the item only if it returns. */
export type Touched = (key: PropertyKey) => void;

interface Grave {
	readonly prototype: object | null;
	readonly properties: [key: PropertyKey, descriptor: PropertyDescriptor][];
}

/** Items that are buried; a grave is kept by its item only. */
const graves = new WeakMap<object, Grave>();

/** An item with more own properties keeps them where they are: moving them would take too long. */
const MOST_MOVED = 1_000;

const hasMethod = (item: object, name: string): boolean =>
	typeof (item as Record<string, unknown>)[name] === "function";

/** Why an item cannot be buried, or `undefined` if it can. */
export function whyNotBuried(item: object): string | undefined {
	if (graves.has(item)) return undefined;
	if (!Object.isExtensible(item)) return "items that are frozen, sealed or not extensible";
	if (hasMethod(item, "then")) return "promises";
	if (hasMethod(item, "addEventListener") || hasMethod(item, "emit"))
		return "emitters, event targets and streams";
	if (hasMethod(item, "getReader") || hasMethod(item, "getWriter"))
		return "emitters, event targets and streams";
	return undefined;
}

/** Moves an item's own properties aside, and puts a prototype in place that tells of each use. */
export function bury(item: object, touched: Touched): void {
	if (graves.has(item)) return;
	const prototype: object | null = Object.getPrototypeOf(item);
	const grave: Grave = { prototype, properties: [] };
	const keys = Reflect.ownKeys(item);
	if (keys.length <= MOST_MOVED && typeof item !== "function" && !ArrayBuffer.isView(item)) {
		for (const key of keys) {
			const descriptor = Object.getOwnPropertyDescriptor(item, key);
			if (descriptor?.configurable) grave.properties.push([key, descriptor]);
		}
	}
	if (!Reflect.setPrototypeOf(item, reporter(grave, touched))) return;
	graves.set(item, grave);
	for (const [key] of grave.properties) Reflect.deleteProperty(item, key);
}

/** Makes a buried item what it was; does nothing to others. */
export function exhume(item: object): void {
	const grave = graves.get(item);
	if (grave === undefined) return;
	graves.delete(item);
	Reflect.setPrototypeOf(item, grave.prototype);
	for (const [key, descriptor] of grave.properties) Reflect.defineProperty(item, key, descriptor);
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
		// So that `instanceof` tells of the item what it always did.
		getPrototypeOf: () => prototype,
	});
}
