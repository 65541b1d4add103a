import type { Item } from "../items.ts";
import type { ItemPool } from "../peers/peer.ts";

/** Takes so many items, which the pool makes: as in real use, its slow path has run before anything is timed. */
export function takeItems(pool: ItemPool<Item>, count: number): Item[] {
	return Array.from({ length: count }, () => pool.get());
}
