import { onMajorGC, Pool } from "ebbpool";
import type { Kit } from "./kit.ts";

/** What the clock and a pool in steady use saw of a run with many collections. */
export interface ClockReport {
	/** Calls of the `onMajorGC` listener. */
	readonly ticks: number;
	readonly gets: number;
	/** (hits + victimHits) / gets */
	readonly hitRate: number;
}

/** Enough for 200 minor collections of a 16 MiB nursery, at 10 MiB of garbage a turn and more. */
const TURNS = 480;
const GARBAGE_A_TURN = 200_000;
const TURNS_BETWEEN_MAJORS = 40;
/** What stays reachable for a while fills the old generation, until a major collection comes by itself. */
const SURVIVORS_A_TURN = 5_000;
const TURNS_SURVIVED = 20;
const OUT_AT_ONCE = 8;
const BORROWINGS_A_TURN = 100;

const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

interface Garbage {
	readonly index: number;
	readonly child: readonly number[];
}

/**
 * Allocates for many turns of the event loop with a pool in steady use beside it. In the first half, full collections
 * are forced where the kit can, each in a turn of its own; in the second half they come by themselves. Not at the same
 * time: V8 ends a collection in progress before a forced one, and two in one synchronous turn are rightly one tick.
 *
 * Who runs this compares the ticks with a judge of the runtime's own. The user timing marks `clock:begin` and `clock:end`
 * frame the run for judges that read a trace.
 */
export async function clockScenario({ majorGC }: Kit): Promise<ClockReport> {
	performance.mark("clock:begin");
	let ticks = 0;
	const stop = onMajorGC(() => void ticks++);
	const pool = new Pool({ new: () => new Uint8Array(16), stats: true });
	for (let turn = 0; turn < TURNS / 2; turn++) {
		litter(0);
		await borrowAndTurn(pool);
		if (turn % TURNS_BETWEEN_MAJORS === 0) await majorGC?.();
	}
	const survivors: Garbage[][] = [];
	for (let turn = 0; turn < TURNS / 2; turn++) {
		survivors[turn % TURNS_SURVIVED] = litter(SURVIVORS_A_TURN);
		await borrowAndTurn(pool);
	}
	// The callbacks of a collection come in a later task.
	for (let i = 0; i < 50; i++) await nextTurn();
	stop();
	performance.mark("clock:end");
	const { gets = 0, hits = 0, victimHits } = pool.stats();
	return { ticks, gets, hitRate: (hits + victimHits) / gets };
}

/** Every object is stored here for a moment, so that no compiler leaves out its allocation. */
const escaped: { latest?: Garbage } = {};

function litter(survivors: number): Garbage[] {
	const kept: Garbage[] = [];
	for (let index = 0; index < GARBAGE_A_TURN; index++) {
		const item = { index, child: [index] };
		escaped.latest = item;
		if (index < survivors) kept.push(item);
	}
	return kept;
}

async function borrowAndTurn(pool: Pool<Uint8Array>): Promise<void> {
	for (let i = 0; i < BORROWINGS_A_TURN; i++) borrow(pool);
	await nextTurn();
}

function borrow(pool: Pool<Uint8Array>): void {
	const out: Uint8Array[] = [];
	for (let i = 0; i < OUT_AT_ONCE; i++) out.push(pool.get());
	for (const item of out) pool.put(item);
}
