import { readFileSync } from "node:fs";
import { UsageError } from "../commands/usage-error.ts";
import { FORMAT, type Report } from "./model.ts";

const KINDS: readonly string[] = ["bench", "advise", "check"] satisfies Report["kind"][];

/** Reads a report that `--json` wrote; throws a `UsageError` for what is none. */
export function readReport(file: string): Report {
	let report: Partial<Report> | null;
	try {
		report = JSON.parse(readFileSync(file, "utf8"));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		throw new UsageError(`${file}: ${code === "ENOENT" ? "there is no such file" : message}`, {
			cause: error,
		});
	}
	if (typeof report !== "object" || report === null || !KINDS.includes(String(report.kind))) {
		throw new UsageError(`${file}: expected what --json wrote, with a kind of ${KINDS.join(", ")}`);
	}
	if (report.format !== FORMAT) {
		throw new UsageError(
			`${file}: expected format ${FORMAT}, got ${report.format}; another version wrote it`,
		);
	}
	return report as Report;
}
