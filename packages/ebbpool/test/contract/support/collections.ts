import { assert } from "chai";
import { configure, onMajorGC } from "ebbpool";
import type { Kit } from "./kit.ts";

const WARM_UP_LIMIT = 5;
const ATTEMPTS = 3;
const TICK_DEADLINE = 5000;

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** As in `configure`, when nobody sets it. */
export const DEFAULT_MIN_AGE = 10_000;

/** Forces one full collection and resolves once the clock has ticked for it. */
export type Collect = () => Promise<void>;

/**
 * Runs `body` with a warm clock and Go's rhythm (`minAge: 0`): on engines other than V8 the first collection after the clock was armed is not counted.
 * A collection of the engine's own would age the pools once more, so a body that failed beside one is run again.
 */
export async function withCollections(
	{ majorGC }: Kit,
	body: (collect: Collect) => Promise<void>,
): Promise<void> {
	assert.isDefined(majorGC, "this case needs a kit that can force a collection");
	let ticks = 0;
	let forced = 0;
	const stop = onMajorGC(() => void ticks++);
	const collect = async () => {
		const before = ticks;
		forced++;
		// What the current job looked into lives until it ends, so the collection belongs to another one.
		await turn();
		await majorGC?.();
		const deadline = Date.now() + TICK_DEADLINE;
		while (ticks === before && Date.now() < deadline) await turn();
		assert.isAbove(ticks, before, "the clock ticked after a full collection");
		await turn();
	};
	configure({ minAge: 0 });
	try {
		for (let i = 0; ticks === 0 && i < WARM_UP_LIMIT; i++) {
			await majorGC?.();
			await turn();
		}
		for (let attempt = 1; ; attempt++) {
			ticks = forced = 0;
			try {
				return await body(collect);
			} catch (error) {
				if (ticks === forced || attempt === ATTEMPTS) throw error;
			}
		}
	} finally {
		configure({ minAge: DEFAULT_MIN_AGE });
		stop();
	}
}

/** How many of the targets the collector has taken. */
export function collected(refs: readonly WeakRef<object>[]): number {
	return refs.filter((ref) => ref.deref() === undefined).length;
}

/**
 * Sees that what nobody holds any more is collected. JavaScriptCore scans the stack conservatively: a stale word there may stand
 * for an item, until a later collection finds another one in its place.
 */
export async function expectCollected(
	refs: readonly WeakRef<object>[],
	atLeast: number,
	collect: Collect,
): Promise<void> {
	for (let more = 0; more < 3 && collected(refs) < atLeast; more++) await collect();
	assert.isAtLeast(collected(refs), atLeast);
}
