/**
 * Makes `instanceof` hold for what another copy of this package made, too. Subclasses inherit the mark; on the right of
 * `instanceof` they keep its ordinary meaning.
 */
export function brand(Class: { readonly prototype: object }, name: string): void {
	const mark = Symbol.for(`ebbpool.${name}`);
	Object.defineProperty(Class.prototype, mark, { value: true });
	Object.defineProperty(Class, Symbol.hasInstance, {
		value(this: unknown, value: unknown): boolean {
			return this === Class
				? mark in Object(value)
				: Function.prototype[Symbol.hasInstance].call(this as typeof Function, value);
		},
	});
}
