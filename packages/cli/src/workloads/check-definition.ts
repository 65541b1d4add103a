type Check = (value: unknown) => boolean;

const isFunction: Check = (value) => typeof value === "function";
const isMissing: Check = (value) => value === undefined;
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 1;

/** What each field must be, and whether it can be left out. */
const FIELDS: Readonly<Record<string, readonly [expected: string, check: Check, optional?: "optional"]>> = {
	name: ["a string that is not empty", (value) => typeof value === "string" && value !== ""],
	summary: ["a string", (value) => typeof value === "string", "optional"],
	pool: ["the options of a pool, with new", (value) => isFunction((value as { new?: unknown } | null)?.new)],
	warmUpMs: ["a number from 0", (value) => typeof value === "number" && value >= 0, "optional"],
	fresh: ["a function", isFunction, "optional"],
	byHand: ["a function, or false", (value) => value === false || isFunction(value), "optional"],
	itemsInUse: ["a whole number from 1", isCount, "optional"],
	inputs: ["an array, or a function", (value) => Array.isArray(value) || isFunction(value), "optional"],
	run: ["a function", isFunction, "optional"],
	open: ["a function", isFunction, "optional"],
};

/** Throws a `TypeError` for a definition that no workload can be made of: those in JavaScript have no compiler to tell. */
export function checkDefinition(definition: unknown): void {
	if (typeof definition !== "object" || definition === null)
		fail(`expected an object, got ${show(definition)}`);
	const given = definition as Readonly<Record<string, unknown>>;
	for (const name of Object.keys(given)) {
		if (!Object.hasOwn(FIELDS, name)) fail(`unknown field ${name}; known: ${Object.keys(FIELDS).join(", ")}`);
	}
	for (const [name, [expected, check, optional]] of Object.entries(FIELDS)) {
		const value = given[name];
		if (optional !== undefined && isMissing(value)) continue;
		if (!check(value)) fail(`${name}: expected ${expected}, got ${show(value)}`);
	}
	if (isMissing(given.run) === isMissing(given.open)) fail("expected either run or open");
	if (!isMissing(given.open) && !isMissing(given.inputs)) fail("inputs go with run, not with open");
}

function fail(problem: string): never {
	throw new TypeError(`defineWorkload: ${problem}`);
}

function show(value: unknown): string {
	if (typeof value === "string") return JSON.stringify(value);
	if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
	return typeof value === "function" ? "a function" : String(value);
}
