import { writeFileSync } from "node:fs";
import type { Report } from "../model.ts";

/** Writes the page of a report. What draws it is loaded only now, since most runs need none. */
export async function writePage(file: string, report: Report): Promise<void> {
	const { renderPage } = await import("./render-page.ts");
	writeFileSync(file, renderPage(report));
}
