import { writeFileSync } from "node:fs";
import type { Report } from "./model.ts";

/** Writes a report to a file, one field a line but for columns of figures. */
export function writeJson(file: string, report: Report): void {
	writeFileSync(file, `${stringify(report)}\n`);
}

/** Columns of figures, a line each. */
function stringify(report: Report): string {
	return JSON.stringify(report, undefined, "\t").replace(/\[[\s\d.,eE+-]+\]/gu, (column) =>
		column.replace(/\s+/gu, "").replaceAll(",", ", "),
	);
}
