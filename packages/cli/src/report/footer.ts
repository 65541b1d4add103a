import type { BenchReport, ReportHead } from "./model.ts";
import { count } from "./units.ts";

/** What one must know to read the figures. */
export function footer(report: BenchReport): readonly string[] {
	const { settings } = report;
	const { sittings, roundsPerSitting, windowMs, tuning, liveMegabytes, concurrency } = settings;
	const rounds = sittings * roundsPerSitting;
	const set = [
		...Object.entries(tuning.environment).map(([name, value]) => `${name}=${value}`),
		...tuning.flags,
	];
	return [
		...(report.interrupted ? ["Interrupted: what was done by then."] : []),
		`Medians of ${rounds} rounds of ${Math.round(windowMs)} ms a way, in processes of their own; ratios to fresh.`,
		...(settings.ways.includes("tuned") ? [`Tuned: ${set.join(" ") || "nothing that is known here"}.`] : []),
		...(liveMegabytes > 0 ? [`Beside ${count(liveMegabytes)} MB of live objects.`] : []),
		...(concurrency === undefined ? [] : [`${concurrency} operations under way at a time.`]),
		where(report),
	];
}

/** The runtime and the machine in a line. */
export function where({ runtime, machine }: ReportHead): string {
	const { name, version, engine } = runtime;
	const { platform, architecture, processors, processor = "an unknown processor" } = machine;
	return `${name} ${version}, ${engine}, ${platform} ${architecture}, ${processors} × ${processor}.`;
}
