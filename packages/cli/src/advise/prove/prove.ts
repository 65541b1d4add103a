import { createRequire } from "node:module";
import { relative } from "node:path";
import type { Proof } from "../../report/model.ts";
import { median, medianInterval } from "../../report/statistics.ts";
import type { AdvisedSite } from "../build-report.ts";
import { type ParsedSource, parseFile } from "../escape/parse.ts";
import { editSource, type PoolModule, PUBLISHED } from "./edit-source.ts";
import { patchOf } from "./patch-of.ts";
import type { EditPlan } from "./plan-edit.ts";
import { planSite } from "./plan-site.ts";
import { type Runnable, runTrial, type TrialResult } from "./run-trial.ts";

/** The sites that are worth a try, by what they would save. */
const MOST_SITES = 12;
const MOST_PAIRS = 7;
const LEAST_PAIRS = 3;
/** No further pair is begun after this. */
const TRIALS_MS = 120_000;

export interface ProofResult {
	readonly proofs: readonly Proof[];
	/** All changes as one patch; empty if there are none. */
	readonly patch: string;
	/** What there is to say about all of them together. */
	readonly lines: readonly string[];
}

interface Change {
	readonly index: number;
	readonly file: string;
	readonly plan: EditPlan;
}

/**
 * Changes the sites that are safe to change, all at once, in the sources as they are loaded; the files stay as they are. Then
 * runs what must go on working, with checks on, and the program with and without the change in turns.
 */
export async function prove(
	sites: readonly AdvisedSite[],
	program: readonly string[],
	command: string | undefined,
	folder: string,
): Promise<ProofResult> {
	const sources = new Map<string, ParsedSource>();
	const refusals: Proof[] = [];
	const changes: Change[] = [];
	for (const [index, { judged }] of sites.entries()) {
		if (judged.site.kind === "heap" || judged.site.file.startsWith("node:")) continue;
		if (changes.length + refusals.length === MOST_SITES) break;
		const { file } = judged.site;
		// Parsed once for all sites of a file, so that their positions belong to one text.
		const source = sources.get(file) ?? parseFile(file);
		if (source !== undefined) sources.set(file, source);
		const planned = planSite(judged.site, source);
		// One place may be two sites, for instance one a thread.
		if ("plan" in planned && changes.some(({ plan }) => plan.allocation === planned.plan.allocation))
			continue;
		if ("refused" in planned) refusals.push(refusal(index, planned.refused));
		else changes.push({ index, file, plan: planned.plan });
	}
	if (changes.length === 0)
		return { proofs: refusals, patch: "", lines: ["Nothing was changed: no site is safe to change."] };

	const files: Record<string, string> = {};
	const patches: string[] = [];
	for (const file of new Set(changes.map((change) => change.file))) {
		const source = sources.get(file) as ParsedSource;
		const plans = changes.filter((change) => change.file === file).map(({ plan }) => plan);
		files[file] = editSource(source, plans, file, installed());
		patches.push(
			patchOf(relative(process.cwd(), file), source.text, editSource(source, plans, file, PUBLISHED)),
		);
	}
	const patch = patches.join("");
	const outcome = await measure({ program, command, folder, files });
	const proofs = changes.map(
		({ index }): Proof => ({
			site: index,
			refused: undefined,
			patch,
			gain: outcome.gain,
			checksClean: outcome.checksClean,
		}),
	);
	return { proofs: [...proofs, ...refusals].sort((a, b) => a.site - b.site), patch, lines: outcome.lines };
}

function refusal(site: number, refused: string): Proof {
	return { site, refused, patch: undefined, gain: undefined, checksClean: undefined };
}

/** Our own Ebbpool, which the program need not have installed. */
function installed(): PoolModule {
	return { esm: import.meta.resolve("ebbpool"), commonjs: createRequire(import.meta.url).resolve("ebbpool") };
}

interface Trials {
	readonly program: readonly string[];
	readonly command: string | undefined;
	readonly folder: string;
	readonly files: Readonly<Record<string, string>>;
}

async function measure({ program, command, folder, files }: Trials) {
	const lines: string[] = [];
	const watched: Runnable = command ?? program;
	const what = command === undefined ? "the program" : command;
	const before = await runTrial(watched, { files: {}, checks: false }, folder);
	const checked = await runTrial(watched, { files, checks: true }, folder);
	const failure = failureOf(what, before, checked);
	if (failure !== undefined) return { lines: [failure], gain: undefined, checksClean: false };
	lines.push(
		checked.checked
			? `With the change ${what} ends as before, and the checks are clean.`
			: `With the change ${what} ends as before; this Ebbpool has no checks.`,
	);
	const checksClean = checked.checked ? true : undefined;

	const ratios: number[] = [];
	const started = performance.now();
	let same = true;
	while (
		ratios.length < MOST_PAIRS &&
		(ratios.length < LEAST_PAIRS || performance.now() - started < TRIALS_MS)
	) {
		const swapped = ratios.length % 2 === 1;
		const run = (edited: boolean): Promise<TrialResult> =>
			runTrial(program, { files: edited ? files : {}, checks: false }, folder);
		const first = await run(swapped);
		const second = await run(!swapped);
		const [fresh, pooled] = swapped ? [second, first] : [first, second];
		if (fresh.status !== pooled.status) {
			return {
				lines: [`The program ended with ${pooled.status} instead of ${fresh.status}.`],
				gain: undefined,
				checksClean,
			};
		}
		same &&= fresh.output === pooled.output;
		ratios.push(fresh.cpuMs / pooled.cpuMs);
	}
	const gain = { median: median(ratios), ...medianInterval(ratios) };
	if (!same) lines.push("Its output differs from run to run, or with the change: look at it.");
	lines.push(
		`Measured: ${gain.median.toFixed(2)}× less CPU for the same work (${gain.low.toFixed(2)} to ${gain.high.toFixed(2)} in ${ratios.length} pairs).`,
	);
	return { lines, gain, checksClean };
}

function failureOf(what: string, before: TrialResult, after: TrialResult): string | undefined {
	if (after.violations.length > 0)
		return `The checks found misuse, so nothing was measured: ${after.violations[0]}`;
	if (before.status === after.status) return undefined;
	return `With the change ${what} ended with ${after.status} instead of ${before.status}, so nothing was measured:\n${after.errors}`;
}
