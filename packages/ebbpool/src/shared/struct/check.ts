import { refuse } from "../rules.ts";

/** Returns the value, or throws unless it is one that the member can hold. */
export type Check<T> = (value: T) => T;

/** @param member - what messages call it */
export type MakeCheck<T> = (member: string) => Check<T>;

// Checks are inlined into what assigns to members: what only failures need is kept out of them.

/** Refuses a value that is no `type`, or that is one and out of range. */
function refuser(member: string, type: string, range = `a ${type}`): (value: unknown) => never {
	return (value) =>
		typeof value === type
			? refuse("ERR_POOL_RANGE", member, range, value)
			: refuse("ERR_POOL_ARGUMENT", member, `a ${type}`, value);
}

export const numberCheck: MakeCheck<number> = (member) => {
	const argumentError = refuser(member, "number");
	return (value) => (typeof value === "number" ? value : argumentError(value));
};

export const booleanCheck: MakeCheck<boolean> = (member) => {
	const argumentError = refuser(member, "boolean");
	return (value) => (typeof value === "boolean" ? value : argumentError(value));
};

export const stringCheck: MakeCheck<string> = (member) => {
	const argumentError = refuser(member, "string");
	return (value) => (typeof value === "string" ? value : argumentError(value));
};

const { floor } = Math;

export function integerCheck(min: number, max: number): MakeCheck<number> {
	return (member) => {
		const argumentError = refuser(member, "number", `an integer from ${min} to ${max}`);
		return (value) =>
			typeof value === "number" && value >= min && value <= max && floor(value) === value
				? value
				: argumentError(value);
	};
}

export function bigintCheck(min: bigint, max: bigint): MakeCheck<bigint> {
	return (member) => {
		const argumentError = refuser(member, "bigint", `a bigint from ${min} to ${max}`);
		return (value) =>
			typeof value === "bigint" && value >= min && value <= max ? value : argumentError(value);
	};
}
