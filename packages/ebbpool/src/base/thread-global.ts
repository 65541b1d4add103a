/**
 * What all copies of this package in one thread share: a value under a registered symbol, made by the first copy that
 * asks. A breaking change of the value's type needs another name.
 */
export function threadGlobal<Value>(name: string, make: () => Value): Value {
	const key = Symbol.for(`ebbpool.${name}`);
	const holder = globalThis as { [key: symbol]: Value | undefined };
	const value = holder[key];
	if (value !== undefined) return value;
	const made = make();
	try {
		// Not enumerable: test runners compare and clean the enumerable globals.
		Object.defineProperty(globalThis, key, { value: made });
	} catch {
		// Frozen globals: each copy has its own.
	}
	return made;
}
