/** `true` exactly if both types are the same, down to their modifiers; neither may merely be assignable to the other. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Does not compile unless the value is of exactly the expected type. */
export function expectType<Expected>(): <Actual>(
	value: Actual,
	...same: Equal<Actual, Expected> extends true ? [] : [never]
) => void {
	return () => {};
}
