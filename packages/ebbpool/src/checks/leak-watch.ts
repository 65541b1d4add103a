/** Says that something is no leak, whatever becomes of it. */
export interface LeakTicket {
	end(): void;
}

/** Held here: JavaScriptCore drops the callbacks of a registry that nobody refers to. */
const registry =
	typeof FinalizationRegistry === "undefined"
		? undefined
		: new FinalizationRegistry<() => void>((lost) => lost());

/**
 * Calls `lost` when the collector has taken an item whose ticket was not ended.
 *
 * @param lost - must not refer to the item
 */
export function watchForLeaks(item: object, lost: () => void): LeakTicket {
	const ticket = { end: () => void registry?.unregister(ticket) };
	registry?.register(item, lost, ticket);
	return ticket;
}
