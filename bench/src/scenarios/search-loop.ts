import { type SharedBlock, SharedPool } from "ebbpool/shared";
import type { Loop } from "../measure/loop.ts";

/** Slots that a hint word speaks for. */
const GROUP_SLOTS = 32;
/** Groups in which a round looks for a slot. */
const STOPS = 16;

/**
 * Two slots are out at a time, all others are taken: the first get finds the slot that the thread freed last, the second
 * searches the thread's hint word.
 */
export function twoOutLoop(): Loop {
	const pool = createPool(4 * GROUP_SLOTS);
	const [one, other] = takeAll(pool).slice(-2) as [SharedBlock, SharedBlock];
	pool.put(one);
	pool.put(other);
	return (rounds) => {
		let sum = 0;
		for (let done = 0; done < rounds; done += 2) {
			const first = pool.get();
			const second = pool.get();
			sum += first === second ? 1 : 0;
			pool.put(second);
			pool.put(first);
		}
		return sum;
	};
}

/**
 * Free slots are always elsewhere. All slots are taken; a round frees one in each of 16 groups, and one more, which the
 * first get takes without a search since the thread freed it last. Each further get but one finds its own hint word stale,
 * then so many empty ones, then a slot; and that slot's hint is taken back by the next get.
 */
export function moveLoop(emptyWords: number): Loop {
	const step = emptyWords + 1;
	const pool = createPool(STOPS * step * GROUP_SLOTS);
	const slots = takeAll(pool);
	// The last one is that which the thread frees last.
	const blocks = Array.from({ length: STOPS }, (_, i) => slots[i * step * GROUP_SLOTS] as SharedBlock);
	blocks.push(slots[1] as SharedBlock);
	return (rounds) => {
		for (let done = 0; done < rounds; done += STOPS + 1) {
			for (let i = 0; i <= STOPS; i++) pool.put(blocks[i] as SharedBlock);
			// In the order in which they come: the one freed last, then the others.
			for (let i = 0; i <= STOPS; i++) blocks[i === 0 ? STOPS : i - 1] = pool.get();
		}
		return blocks.length;
	};
}

function createPool(slots: number): SharedPool {
	return SharedPool.create({ slotSize: 64, slots, zero: false, magazine: 0 });
}

/** Every slot, in their order; afterwards no hint says that there is a free one. */
function takeAll(pool: SharedPool): SharedBlock[] {
	const blocks: SharedBlock[] = [];
	for (let block = pool.tryGet(); block !== undefined; block = pool.tryGet()) blocks.push(block);
	return blocks.sort((a, b) => a.bytes.byteOffset - b.bytes.byteOffset);
}
