import { anInteger, aString, expectValue, oneOf, type Rule, readOptions } from "../base/rules.ts";
import { GROUP_SLOTS, MAX_SLOTS_LIMIT } from "./core/layout.ts";
import { hashOf } from "./handle.ts";
import type { Description } from "./pool-memory.ts";
import { aByteLength, aMagazine, aSlotCount, refuse } from "./rules.ts";
import type { SlotLayout } from "./slot-layout.ts";
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

const OPTIONS = {
	slotSize: aByteLength,
	layout: aLayout,
	slots: aSlotCount,
	maxSlots: aSlotCount,
	zero: oneOf("put", false),
	magazine: aMagazine,
	name: aString,
};

const CREATE = "SharedPool.create";

/** What the options ask for, every default filled in; each option is read once. */
export function describePool(options: BytesPoolOptions | StructPoolOptions<object>): {
	readonly description: Description;
	readonly slots: number;
	readonly layout: SlotLayout<object> | undefined;
	readonly name: string | undefined;
} {
	const {
		slotSize,
		layout,
		slots,
		maxSlots = slots,
		zero,
		magazine,
		name,
	} = readOptions<BytesPoolOptions | StructPoolOptions<object>>(CREATE, options, OPTIONS);
	expectValue("ERR_POOL_OPTION", `${CREATE}: option slots`, slots, aSlotCount);
	expectValue("ERR_POOL_OPTION", `${CREATE}: option maxSlots`, maxSlots, anInteger(slots, MAX_SLOTS_LIMIT));
	if ((slotSize === undefined) === (layout === undefined)) {
		refuse("ERR_POOL_OPTION", CREATE, "either slotSize or layout", slotSize);
	}
	const description = {
		slotSize: layout?.byteLength ?? (slotSize as number),
		maxSlots,
		zero: zero !== false,
		magazine: magazine ?? Math.min(slots >> 3, GROUP_SLOTS),
		signature: layout === undefined ? 0 : hashOf(layout.signature),
	};
	return { description, slots, layout, name };
}
