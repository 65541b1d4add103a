import { type AsyncWork, timeAsync } from "../measure/time-async.ts";
import { loadResourcePeer, type ResourcePeerName } from "../resource-peers/index.ts";
import type { Borrowing, Mode } from "../resource-peers/peer.ts";
import type { Scenario } from "./scenario.ts";

const RESOURCES = 10;

export interface BorrowingScenario {
	readonly operation: string;
	readonly mode: Mode;
	readonly variants: readonly ResourcePeerName[];
	/** How many borrow at a time. */
	readonly borrowers: number;
	/** Whether a borrower waits for the end of the release too. */
	readonly awaitsRelease?: boolean;
}

/** A scenario of promises: borrowers that acquire and release, with no input or output between. */
export function borrowingScenario({
	operation,
	mode,
	variants,
	borrowers,
	awaitsRelease = false,
}: BorrowingScenario): Scenario {
	return {
		operation,
		variants,
		baselines: ["ours"],
		figures: ["heapBytes", "minor", "major"],
		async measure(variant, budget) {
			const peer = await loadResourcePeer(variant as ResourcePeerName);
			const pool = peer.create(RESOURCES, mode);
			const sample = await timeAsync(workOf(pool, borrowers, awaitsRelease), budget);
			await pool.end();
			return sample;
		},
	};
}

export function workOf(pool: Borrowing<unknown>, borrowers: number, awaitsRelease: boolean): AsyncWork {
	const borrow = awaitsRelease ? borrowAndAwait : borrowOnly;
	return async (operations) => {
		const each = Math.ceil(operations / borrowers);
		await Promise.all(Array.from({ length: borrowers }, () => borrow(pool, each)));
		return each * borrowers;
	};
}

async function borrowOnly(pool: Borrowing<unknown>, times: number): Promise<void> {
	for (let i = 0; i < times; i++) pool.release(await pool.acquire());
}

async function borrowAndAwait(pool: Borrowing<unknown>, times: number): Promise<void> {
	for (let i = 0; i < times; i++) await pool.release(await pool.acquire());
}
