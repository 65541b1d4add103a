import type { Round, Sample, Sitting, Way } from "../report/model.ts";
import { WAY_TITLES } from "../report/way-titles.ts";
import type { Workload } from "../workloads/workload.ts";
import { type Conditions, MeasuredWay } from "./measured-way.ts";
import type { WorkloadReference } from "./messages.ts";

/** Each sitting measures every way in new processes. */
export const SITTINGS = 2;
/** In each round of a sitting every way runs once. */
export const ROUNDS_PER_SITTING = 6;
/** The ways also take turns while they warm up, so that what disturbs the machine then delays all alike. */
const WARM_UP_SLICES = 2;
export const COUNT_MS = 80;

export interface ComparePlan extends Conditions {
	readonly ways: readonly Way[];
	readonly windowMs: number;
	readonly onRound: () => void;
	/** Aborted: the processes are stopped, and what was begun is given up. */
	readonly signal: AbortSignal;
}

/** A workload, and where a process finds it. */
export interface Subject {
	readonly workload: Workload;
	readonly reference: WorkloadReference;
}

/**
 * Measures the ways of a workload that it has. Throws unless they give the same result.
 *
 * All processes are there at once, idle but for one, so that the runs compared are neighbours in time: what else the
 * machine does then disturbs all alike.
 */
export async function compare(
	{ workload, reference }: Subject,
	plan: ComparePlan,
): Promise<readonly Sitting[]> {
	const ways = plan.ways.filter((way) => way === "tuned" || workload.sources.includes(way));
	const sittings: Sitting[] = [];
	for (let sitting = 0; sitting < SITTINGS; sitting++) {
		const measured = ways.map((way) => ({ way, process: new MeasuredWay(reference, way, plan) }));
		const stop = (): void => {
			for (const { process } of measured) process.stop();
		};
		plan.signal.addEventListener("abort", stop);
		try {
			sittings.push(await sit(measured, workload.warmUpMs, plan));
		} finally {
			plan.signal.removeEventListener("abort", stop);
			stop();
		}
	}
	return sittings;
}

interface Measured {
	readonly way: Way;
	readonly process: MeasuredWay;
}

async function sit(
	measured: readonly Measured[],
	warmUpMs: number,
	{ windowMs, onRound }: ComparePlan,
): Promise<Sitting> {
	const opened = await Promise.all(
		measured.map(async ({ way, process }) => ({ way, digest: (await process.open()).digest })),
	);
	expectSameResult(opened);
	for (let slice = 0; slice < WARM_UP_SLICES; slice++) {
		for (const { process } of measured) await process.warmUp(warmUpMs / WARM_UP_SLICES);
	}

	const rounds: Round[] = [];
	while (rounds.length < ROUNDS_PER_SITTING) {
		onRound();
		const round: Partial<Record<Way, number>> = {};
		for (const { way, process } of order(measured, rounds.length)) {
			round[way] = (await process.run(windowMs)).operationsPerSecond;
		}
		rounds.push(round);
	}

	// Nothing is timed any more, so that they need not wait for each other.
	const samples = await Promise.all(
		measured.map(async ({ way, process }): Promise<[Way, Sample]> => [way, await process.finish(COUNT_MS)]),
	);
	return { rounds, samples: Object.fromEntries(samples) };
}

/** Each way is at each place equally often, and comes before and after each other one. */
function order<T>(all: readonly T[], round: number): readonly T[] {
	const first = (round >> 1) % all.length;
	const rotated = [...all.slice(first), ...all.slice(0, first)];
	return round % 2 === 0 ? rotated : rotated.toReversed();
}

export function expectSameResult(opened: readonly { readonly way: Way; readonly digest: string }[]): void {
	const [first, ...others] = opened;
	const other = others.find(({ digest }) => digest !== first?.digest);
	if (first === undefined || other === undefined) return;
	const [a, b] = [first, other].map(({ way, digest }) => `${digest.slice(0, 16)}… ${WAY_TITLES[way]}`);
	throw new Error(`the ways do not give the same result: sha256 ${a}, ${b}`);
}
