import { VARIANTS, type Variant, type Workload } from "../workloads/workload.ts";
import { MeasuredVariant } from "./measured-variant.ts";
import type { Sample } from "./sample.ts";

/** Each sitting measures both variants in new processes. */
export const SITTINGS = 2;
/** In each round of a sitting both variants run, one after the other. */
export const ROUNDS_PER_SITTING = 8;
/** The variants also take turns while they warm up, so that what disturbs the machine then delays both alike. */
const WARM_UP_SLICES = 4;
export const COUNT_MS = 80;

/** Operations per second of both variants, measured right after one another. */
export type Round = Readonly<Record<Variant, number>>;

export interface Sitting {
	readonly rounds: readonly Round[];
	readonly samples: Readonly<Record<Variant, Sample>>;
}

type Each<T> = Record<Variant, T>;

/**
 * Measures both variants of a workload. Throws unless they give the same result.
 *
 * Both processes are there at once, one of them idle, so that the runs compared are neighbours in time: what else the
 * machine does then disturbs both alike.
 */
export async function compare(
	{ name, warmUpMs }: Workload,
	windowMs: number,
	onRound: () => void,
): Promise<readonly Sitting[]> {
	const sittings: Sitting[] = [];
	for (let sitting = 0; sitting < SITTINGS; sitting++) {
		const measured = each((variant) => new MeasuredVariant(name, variant));
		try {
			sittings.push(await sit(measured, { warmUpMs, windowMs, onRound }));
		} finally {
			for (const variant of VARIANTS) measured[variant].stop();
		}
	}
	return sittings;
}

interface SittingPlan {
	readonly warmUpMs: number;
	readonly windowMs: number;
	readonly onRound: () => void;
}

async function sit(
	measured: Each<MeasuredVariant>,
	{ warmUpMs, windowMs, onRound }: SittingPlan,
): Promise<Sitting> {
	const [fresh, pooled] = await Promise.all([measured.fresh.open(), measured.pooled.open()]);
	expectSameResult(fresh.digest, pooled.digest);
	for (let slice = 0; slice < WARM_UP_SLICES; slice++) {
		for (const variant of VARIANTS) await measured[variant].warmUp(warmUpMs / WARM_UP_SLICES);
	}

	const rounds: Round[] = [];
	while (rounds.length < ROUNDS_PER_SITTING) {
		onRound();
		const operationsPerSecond: Partial<Each<number>> = {};
		for (const variant of rounds.length % 2 === 0 ? VARIANTS : VARIANTS.toReversed()) {
			({ operationsPerSecond: operationsPerSecond[variant] } = await measured[variant].run(windowMs));
		}
		rounds.push(operationsPerSecond as Round);
	}

	const samples: Partial<Each<Sample>> = {};
	for (const variant of VARIANTS) samples[variant] = await measured[variant].finish(COUNT_MS);
	return { rounds, samples: samples as Each<Sample> };
}

function each<T>(make: (variant: Variant) => T): Each<T> {
	return { fresh: make("fresh"), pooled: make("pooled") };
}

export function expectSameResult(fresh: string, pooled: string): void {
	if (fresh === pooled) return;
	const [a, b] = [fresh, pooled].map((digest) => `${digest.slice(0, 16)}…`);
	throw new Error(`the variants do not give the same result: sha256 ${a} fresh, ${b} pooled`);
}
