import { ifPossible } from "../base/engine.ts";
import { ByteBuffer } from "../bytes/byte-buffer.ts";
import { hasMethod, isBuried } from "./bury.ts";

/** The language's own classes whose instances are looked into. */
const LOOKED_INTO = /^(Object|Function|Array|Map|Set|Date|RegExp|Promise|(\w*Error))$/;

/** What is behind an object's properties, as far as it says how they are looked at. */
export type ItemKind = "runtime" | "buffer" | "other";

/** By prototype. */
const kinds = ifPossible(() => new WeakMap<object, ItemKind>());

/**
 * `runtime`: one of the runtime's own, such as a `TextDecoder`, stream or timer, whose properties are how it works, and change
 * without anybody setting them. `buffer`: a `ByteBuffer` of any copy of this package; one that is buried tells nothing.
 */
export function kindOf(value: object): ItemKind {
	if (Object.hasOwn(value, "_readableState") || Object.hasOwn(value, "_writableState")) return "runtime";
	const prototype: object | null = Object.getPrototypeOf(value);
	if (prototype === null || isBuried(value)) return "other";
	let kind = kinds.get(prototype);
	if (kind === undefined) {
		const isOfRuntime = hasMethod(prototype, "hasRef") || isPlatformClass(prototype);
		const isBuffer = prototype instanceof ByteBuffer;
		kind = isOfRuntime ? "runtime" : isBuffer ? "buffer" : "other";
		kinds.set(prototype, kind);
	}
	return kind;
}

/** Whether a class is there without anybody having defined it: those of a program's own globals are enumerable. */
function isPlatformClass(prototype: object): boolean {
	const made: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
	if (typeof made !== "function" || LOOKED_INTO.test(made.name)) return false;
	const found = Object.getOwnPropertyDescriptor(globalThis, made.name);
	return found?.enumerable === false && Reflect.get(globalThis, made.name) === made;
}
