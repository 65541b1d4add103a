import type { OffHeapCounter } from "./off-heap.ts";

type Constructor = new (...args: never[]) => object;

const TYPED_ARRAYS = [
	"Int8Array",
	"Uint8Array",
	"Uint8ClampedArray",
	"Int16Array",
	"Uint16Array",
	"Int32Array",
	"Uint32Array",
	"BigInt64Array",
	"BigUint64Array",
	"Float16Array",
	"Float32Array",
	"Float64Array",
] as const;

/** Puts a counting constructor in the place of each that allocates memory outside the heap. */
export function hookConstructors(counter: OffHeapCounter): void {
	for (const name of TYPED_ARRAYS) replace(name, (Original) => countingArray(name, Original, counter));
	replace("ArrayBuffer", (Original) => countingBuffer("ArrayBuffer", Original, counter));
	replace("SharedArrayBuffer", (Original) => countingBuffer("SharedArrayBuffer", Original, counter));
	// Node's Buffer inherits from the original.
	if (Object.isExtensible(Buffer)) Object.setPrototypeOf(Buffer, Uint8Array);
	for (const owner of [Object.getPrototypeOf(Uint8Array), ArrayBuffer, SharedArrayBuffer]) hookSpecies(owner);
	hookMethods(counter);
}

type Arguments = [unknown, unknown, unknown];
type Make = new (...args: Arguments) => ArrayBufferView;

function countingArray(what: string, Original: Constructor, counter: OffHeapCounter): Constructor {
	const Make = Original as unknown as Make;
	function Counting(this: unknown, ...args: Arguments): object {
		const begunAt = counter.begin();
		const made: ArrayBufferView =
			new.target === Counting || new.target === undefined
				? call(Make, new.target, args)
				: Reflect.construct(Original, args, new.target);
		// A view of memory that was there before allocates none. To ask a small array for its buffer would make it one.
		if (typeof args[0] !== "object" || made.buffer !== args[0])
			counter.note(made, made.byteLength, what, begunAt);
		else counter.views.cut(made);
		return made;
	}
	return Counting as unknown as Constructor;
}

function call(Make: Make, target: unknown, args: Arguments): ArrayBufferView {
	// Without `new` the original throws what it always throws.
	return target === undefined
		? Reflect.apply(Make as unknown as () => never, undefined, args)
		: new Make(args[0], args[1], args[2]);
}

function countingBuffer(what: string, Original: Constructor, counter: OffHeapCounter): Constructor {
	function Counting(this: unknown, ...args: never[]): object {
		const begunAt = counter.begin();
		const made: { byteLength: number } =
			new.target === undefined
				? Reflect.apply(Original as unknown as () => never, undefined, args)
				: Reflect.construct(Original, args, new.target === Counting ? Original : new.target);
		counter.note(made, made.byteLength, what, begunAt);
		return made;
	}
	return Counting as unknown as Constructor;
}

function replace(name: string, wrap: (Original: Constructor) => Constructor): void {
	const globals = globalThis as unknown as Record<string, Constructor | undefined>;
	const Original = globals[name];
	if (Original === undefined) return;
	// Frozen intrinsics stay as they are.
	if (!isReplaceable(globals, name) || !isReplaceable(Original.prototype, "constructor")) return;
	const Counting = wrap(Original);
	takeOver(Counting, Original);
	originals.set(Counting, Original);
	Object.defineProperty(Original.prototype, "constructor", {
		value: Counting,
		writable: true,
		configurable: true,
	});
	Object.defineProperty(globalThis, name, { value: Counting, writable: true, configurable: true });
}

export function isReplaceable(owner: object, name: string | symbol): boolean {
	return Object.getOwnPropertyDescriptor(owner, name)?.configurable === true;
}

/** The engine's own methods, such as `subarray`, ask what to make; the original is quicker than the hook. */
const originals = new Map<unknown, Constructor>();

function hookSpecies(owner: object): void {
	if (!isReplaceable(owner, Symbol.species)) return;
	const { get } = Object.getOwnPropertyDescriptor(
		{
			get [Symbol.species]() {
				return originals.get(this) ?? this;
			},
		},
		Symbol.species,
	) as PropertyDescriptor;
	Object.defineProperty(owner, Symbol.species, { configurable: true, get: get as () => unknown });
}

const COPYING_METHODS = ["slice", "map", "filter", "toReversed", "toSorted", "with"] as const;

/** Methods that allocate without asking a constructor that we hooked. */
function hookMethods(counter: OffHeapCounter): void {
	const views = Object.getPrototypeOf(Uint8Array.prototype);
	for (const name of COPYING_METHODS) hookMethod(views, name, `TypedArray.${name}`, counter);
	hookMethod(ArrayBuffer.prototype, "slice", "ArrayBuffer.slice", counter);
	hookMethod(TextEncoder.prototype, "encode", "TextEncoder.encode", counter);
}

export type Method = (this: unknown, ...args: unknown[]) => { byteLength: number };

export function hookMethod(owner: object, name: string, what: string, counter: OffHeapCounter): void {
	const descriptor = Object.getOwnPropertyDescriptor(owner, name);
	const original = descriptor?.value as Method | undefined;
	if (typeof original !== "function" || descriptor?.configurable !== true) return;
	const counting = countingCall(original, (make) => counter.call(what, make));
	Object.defineProperty(owner, name, { ...descriptor, value: counting });
}

/**
 * A function that calls another within `watch`. It can be used with `new` exactly where the other can: some programs write
 * `new Buffer.allocUnsafeSlow(8192)`.
 */
export function countingCall(
	original: Method,
	watch: (make: () => ReturnType<Method>, args: unknown[]) => ReturnType<Method>,
): Method {
	const { method } = {
		method(this: unknown, ...args: unknown[]): ReturnType<Method> {
			return watch(() => Reflect.apply(original, this, args), args);
		},
	};
	function callable(this: unknown, ...args: unknown[]): ReturnType<Method> {
		const target = new.target === callable ? original : new.target;
		return watch(
			() =>
				target === undefined
					? Reflect.apply(original, this, args)
					: Reflect.construct(original, args, target),
			args,
		);
	}
	const counting: Method = Object.hasOwn(original, "prototype") ? callable : method;
	takeOver(counting, original);
	return counting;
}

/** Gives the hook all that the program can see of what it replaces: prototype, properties, name and length. */
export function takeOver(hook: object, original: object): void {
	Object.setPrototypeOf(hook, Object.getPrototypeOf(original));
	for (const key of Reflect.ownKeys(original)) {
		Object.defineProperty(hook, key, Object.getOwnPropertyDescriptor(original, key) as PropertyDescriptor);
	}
}
