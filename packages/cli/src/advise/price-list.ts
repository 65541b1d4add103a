import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { GLIBC_TUNING } from "../measure/tuning.ts";
import type { AllocationSite } from "./sites.ts";

/** What one allocation costs where nothing else is done, and what takes its place in a pool. */
export interface Price {
	/** CPU time of the thread besides collections and page faults. */
	readonly freshNs: number;
	readonly pooledNs: number;
	/** What the collections of it stopped the thread for, … */
	readonly pauseNs: number;
	/** … and what other threads took to collect and free it, where that can be told. */
	readonly helperNs: number | undefined;
	/** Page faults a call, if it is made again and again; a program that does other things between may have fewer. */
	readonly faults: number;
	/** The share of them that the allocator's settings in `GLIBC_TUNING` avoid. */
	readonly avoidedFaults: number;
}

/** How an allocation at a site is repeated to see what it costs. */
export interface PricedCall {
	readonly what: string;
	readonly size: number;
}

/** On a machine with ten programs beside it, too. */
const LIMIT_MS = 60_000;

export interface PriceList {
	/** For a page of memory that is written for the first time, in nanoseconds. */
	readonly pageFaultNs: number;
	of(site: AllocationSite): Price | undefined;
}

export const NO_PRICES: PriceList = { pageFaultNs: 0, of: () => undefined };

/** Asks the Node that ran the program, in a process of its own with the program's environment. */
export async function priceList(
	node: string,
	sites: readonly AllocationSite[],
	tunable: boolean,
): Promise<PriceList> {
	const calls = new Map(
		sites.map((site) => [keyOf(site), { what: site.what, size: Math.round(site.meanSize) }]),
	);
	const list = [...calls.values()];
	let fresh: Answers;
	try {
		fresh = await ask(node, list, {});
	} catch {
		// The program has ended and its figures are there: without prices they still tell of collections.
		return NO_PRICES;
	}
	const tuned = tunable ? await ask(node, list, GLIBC_TUNING).catch(() => fresh) : fresh;
	const prices = new Map(
		[...calls.keys()].map((key, at) => {
			const answer = fresh.calls[at] as Answer;
			const after = tuned.calls[at] ?? answer;
			const avoidedFaults = answer.faults > 0 ? Math.max(0, 1 - after.faults / answer.faults) : 0;
			return [key, { ...answer, helperNs: answer.helperNs, avoidedFaults }];
		}),
	);
	return { pageFaultNs: fresh.pageFaultNs, of: (site) => prices.get(keyOf(site)) };
}

function keyOf({ what, meanSize }: AllocationSite): string {
	return `${what} ${Math.round(meanSize)}`;
}

export interface Answer {
	/** Page faults a call. */
	readonly faults: number;
	readonly freshNs: number;
	readonly pooledNs: number;
	readonly pauseNs: number;
	/** Left out where it cannot be told. */
	readonly helperNs?: number;
}

export interface Answers {
	readonly pageFaultNs: number;
	readonly calls: readonly Answer[];
}

const run = promisify(execFile);

async function ask(
	node: string,
	calls: readonly PricedCall[],
	settings: Record<string, string>,
): Promise<Answers> {
	const script = fileURLToPath(new URL("./price-process.js", import.meta.url));
	const env = { ...process.env, ...settings };
	const { stdout } = await run(node, ["--expose-gc", script, JSON.stringify(calls)], {
		env,
		timeout: LIMIT_MS,
	});
	return JSON.parse(stdout) as Answers;
}
