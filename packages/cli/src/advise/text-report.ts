import { styleText } from "node:util";
import { estimateText } from "../report/estimate.ts";
import { bytes, count, rate } from "../report/units.ts";
import type { AdviceResult, AdvisedSite } from "./build-report.ts";
import type { CollectionCount } from "./probe/thread-report.ts";
import { ratioOf } from "./verdict.ts";

interface Look {
	readonly color: boolean;
	/** How many sites are told of at length. */
	readonly sites: number;
}

/** The report as it is printed. */
export function textReport({ report, sites, causes, program }: AdviceResult, look: Look): string {
	const { totals } = causes;
	const bold = (text: string): string => (look.color ? styleText("bold", text) : text);
	const { program: run, nativeBytes } = report;
	const heads = [
		bold(`ebbpool advise: ${run.command.join(" ")}`),
		`  ${run.seconds.toFixed(1)} s, ${(program.cpuMs / 1000).toFixed(1)} s of CPU; ${run.watched === 1 ? "one thread" : `${run.watched} threads`} watched`,
		`  collections: ${percent(program.collectionMs, program.cpuMs)} of the CPU time: ${totals.minor.count} minor in ${ms(totals.minor.ms)}, ${totals.major.count} major in ${ms(totals.major.ms)}${driver(causes.majorByOffHeap, totals.major.count)}`,
		`  allocated: ${bytes(totals.heapBytes)} in the heap, ${bytes(causes.sitedBytes)} outside it at the sites below, ${nativeText(nativeBytes)}`,
		`  not counted: ${totals.forced.count} collections of the advisor's own, ${ms(totals.forced.ms)}${putOffText(totals.putOff)}`,
	];
	const worth = sites.filter(({ advice }) => advice.verdict.remedy !== "nothing");
	const rest = sites.filter(({ advice }) => advice.verdict.remedy === "nothing");
	const lines = [...heads, ...run.lost.map((who) => `  lost: ${who}`), "", conclusion(worth, program)];
	const told = [...worth, ...rest].slice(0, Math.max(look.sites, worth.length));
	for (const [at, site] of told.entries()) lines.push("", ...describe(at + 1, site, bold));
	const left = sites.length - told.length;
	if (left > 0) lines.push("", `${left} more sites with little to win are in --json.`);
	lines.push("", `How collections are shared out: ${causes.formula}.`);
	return `${lines.join("\n")}\n`;
}

function nativeText(nativeBytes: number | undefined): string {
	return nativeBytes === undefined
		? "by native code nobody knows how much: the program ended before it was counted"
		: `${bytes(nativeBytes)} by native code (not sited)`;
}

/** What is said of major collections that the advisor's own put off. */
function putOffText({ count: left, ms: took }: CollectionCount): string {
	return left === 0
		? ""
		: `; the major ones above include ${left}, ${ms(took)}, that these put off, as an estimate`;
}

function conclusion(worth: readonly AdvisedSite[], program: AdviceResult["program"]): string {
	if (worth.length === 0) return "Don't pool anything here: no site would pay for it.";
	const saved = worth.reduce((sum, { judged }) => sum + judged.own.byPool, 0);
	const sites = worth.length === 1 ? "one site is" : `${worth.length} sites are`;
	return `${sites} worth a change; all of them together: an estimated ${estimateText(ratioOf(saved, program))} less CPU for the same work.`;
}

function describe(
	at: number,
	{ judged, advice, reported }: AdvisedSite,
	bold: (text: string) => string,
): string[] {
	const { site } = judged;
	const { position, verdict, lifetimes, escapes } = reported;
	const where =
		position === undefined
			? ""
			: `${position.file}:${position.line}${position.column === undefined ? "" : `:${position.column}`}`;
	const what = site.kind === "heap" ? "heap" : site.what;
	const lines = [
		bold(
			`${at}. ${verdict.text}: ${what} at ${where}${reported.functionName ? ` (${reported.functionName})` : ""}`,
		),
		`   why: ${verdict.reason}${verdict.estimate === undefined ? "" : `; estimated ${estimateText(verdict.estimate)} by itself`}`,
		`   ${bytes(reported.bytesPerSecond)}/s in ${count(reported.countPerSecond)} allocations/s${sizesOf(judged.site)}; ${percent(reported.collectionShare ?? 0, 1)} of collection time`,
	];
	if (lifetimes !== undefined) {
		const { withinTick, beforeMinor, beforeMajor, retained } = lifetimes;
		lines.push(
			`   gone within the turn ${percent(withinTick, 1)}, before the next minor collection ${percent(beforeMinor, 1)}, major ${percent(beforeMajor, 1)}; kept ${percent(retained, 1)} (${site.lifetimes?.samples} samples${site.lifetimes?.isLate ? ", looked at late: it may be gone sooner" : ""})`,
		);
	}
	if (judged.flow !== undefined) {
		lines.push(
			`   ${escapes === undefined ? "does not leave its function, as far as the source shows" : `leaves its function: ${escapes}`}`,
		);
	}
	const [caller] = site.callers;
	if (caller !== undefined && site.kind === "off-heap" && !caller.file.startsWith("node:")) {
		lines.push(
			`   called from ${caller.functionName || "(anonymous)"} at ${caller.file}:${caller.line}:${caller.column}`,
		);
	}
	const others = advice.remedies.filter(({ remedy }) => remedy !== verdict.remedy);
	if (others.length > 0) lines.push(`   also: ${others.map(({ text }) => text).join("; ")}`);
	if (verdict.code !== undefined) lines.push(...verdict.code.split("\n").map((line) => `     ${line}`));
	return lines;
}

function sizesOf({ kind, meanSize, smallest, largest }: AdvisedSite["judged"]["site"]): string {
	if (kind === "heap") return ` of about ${bytes(meanSize)}`;
	const [least, most] = [bytes(smallest ?? 0), bytes(largest ?? 0)];
	return least === most ? ` of ${bytes(meanSize)}` : ` of ${least} to ${most}`;
}

function driver(majorByOffHeap: number, majors: number): string {
	if (majors < 3) return "";
	if (majorByOffHeap > 0.8) return ", asked for by memory outside the heap";
	return majorByOffHeap < 0.2
		? ", asked for by the heap"
		: ", asked for by the heap and by memory outside it";
}

function percent(part: number, whole: number): string {
	return `${rate((part / Math.max(whole, 1e-9)) * 100)} %`;
}

function ms(value: number): string {
	return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${Math.round(value)} ms`;
}
