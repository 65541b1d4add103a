import { PoolError } from "../base/errors.ts";
import { instrument } from "../base/instrument.ts";
import { slotCount } from "./core/slot-count.ts";
import type { PoolMemory } from "./pool-memory.ts";
import { describeHolders } from "./snapshot.ts";

/** What `get` throws where no slot is free; it is told on a channel, too. */
export function exhausted(memory: PoolMemory): PoolError {
	const slots = slotCount(memory);
	instrument.publish?.("shared:exhaust", memory.name, slots);
	return new PoolError(
		"ERR_POOL_EXHAUSTED",
		`SharedPool.get: expected a free slot, but all ${slots} are taken (${describeHolders(memory)}); getAsync waits`,
	);
}
