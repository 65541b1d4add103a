import { expectOptions, expectValue, ofType, type Rule } from "../options.ts";
import { hashOf } from "./handle.ts";
import { GROUP_SLOTS, MAX_SLOTS_LIMIT } from "./layout.ts";
import type { Description } from "./pool-memory.ts";
import { aByteLength, aMagazine, anInteger, aSlotCount, refuse } from "./rules.ts";
import type { SlotLayout } from "./shared-block.ts";
import type { BytesPoolOptions, StructPoolOptions } from "./types.ts";

export const aLayout: Rule = {
	expected: "a layout made by struct()",
	accepts: (value) => {
		const { byteLength, signature, createFields } = Object(value) as Partial<SlotLayout<object>>;
		return (
			aByteLength.accepts(byteLength) && typeof signature === "string" && typeof createFields === "function"
		);
	},
};

export const aName = ofType("string");

const OPTIONS = {
	slotSize: aByteLength,
	layout: aLayout,
	slots: aSlotCount,
	maxSlots: aSlotCount,
	zero: {
		expected: '"put" or false',
		accepts: (value: unknown) => value === "put" || value === false,
	},
	magazine: aMagazine,
	name: aName,
};

const CREATE = "SharedPool.create";

/** What the options ask for, every default filled in. */
export function describePool(options: BytesPoolOptions | StructPoolOptions<object>): Description {
	expectOptions(CREATE, options, OPTIONS);
	const { slotSize, layout, slots, maxSlots = slots, zero, magazine } = options;
	expectValue("ERR_POOL_OPTION", `${CREATE}: option slots`, slots, aSlotCount);
	expectValue("ERR_POOL_OPTION", `${CREATE}: option maxSlots`, maxSlots, anInteger(slots, MAX_SLOTS_LIMIT));
	if ((slotSize === undefined) === (layout === undefined)) {
		refuse("ERR_POOL_OPTION", CREATE, "either slotSize or layout", slotSize);
	}
	return {
		slotSize: layout?.byteLength ?? (slotSize as number),
		maxSlots,
		zero: zero !== false,
		magazine: magazine ?? Math.min(slots >> 3, GROUP_SLOTS),
		signature: layout === undefined ? 0 : hashOf(layout.signature),
	};
}
