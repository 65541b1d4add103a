import { PoolError } from "../errors.ts";
import { expectOptions, ofType, oneOf, type Rule } from "../options.ts";
import { type Description, hashOf, MAX_MAGAZINE, MAX_SLOT_SIZE } from "./handle.ts";
import { GROUP_SLOTS, MAX_SLOTS_LIMIT } from "./layout.ts";
import type { SlotLayout } from "./shared-block.ts";
import type { BytesPoolOptions, StructPoolOptions } from "./types.ts";

const integer = (min: number, max: number): Rule => ({
	expected: `an integer from ${min} to ${max}`,
	accepts: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
});

export const aLayout: Rule = {
	expected: "a layout made by struct()",
	accepts: (value) => {
		const { byteLength, signature, createFields } = Object(value) as Partial<SlotLayout<object>>;
		return (
			integer(1, MAX_SLOT_SIZE).accepts(byteLength) &&
			typeof signature === "string" &&
			typeof createFields === "function"
		);
	},
};

const OPTIONS = {
	slotSize: integer(1, MAX_SLOT_SIZE),
	layout: aLayout,
	slots: integer(1, MAX_SLOTS_LIMIT),
	maxSlots: integer(1, MAX_SLOTS_LIMIT),
	zero: {
		...oneOf("put"),
		expected: '"put" or false',
		accepts: (value: unknown) => value === "put" || value === false,
	},
	magazine: integer(0, MAX_MAGAZINE),
	name: ofType("string"),
};

/** What the options ask for, every default filled in. */
export function describePool(options: BytesPoolOptions | StructPoolOptions<object>): Description {
	expectOptions("SharedPool.create", options, OPTIONS);
	const { slotSize, layout, slots, maxSlots = slots, zero = "put", magazine } = options;
	const expectThat = (condition: boolean, expected: string) => {
		if (!condition) throw new PoolError("ERR_POOL_OPTION", `SharedPool.create: expected ${expected}`);
	};
	expectThat(slots !== undefined, "the option slots");
	expectThat((slotSize === undefined) !== (layout === undefined), "either slotSize or layout");
	expectThat(maxSlots >= slots, `maxSlots of at least ${slots}, got ${maxSlots}`);
	return {
		slotSize: layout?.byteLength ?? (slotSize as number),
		slots,
		maxSlots,
		zero: zero === "put",
		magazine: magazine ?? Math.min(slots >> 3, GROUP_SLOTS),
		signature: layout === undefined ? 0 : hashOf(layout.signature),
	};
}
