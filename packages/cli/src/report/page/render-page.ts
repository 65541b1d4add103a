import { readFileSync } from "node:fs";
import { where } from "../footer.ts";
import type { Report } from "../model.ts";
import { adviseSections } from "./advise-sections.ts";
import { benchSections } from "./bench-sections.ts";
import { checkSections } from "./check-sections.ts";
import { html, Markup } from "./html.ts";

const STYLE_SHEET = new URL("../../../assets/report.css", import.meta.url);

/**
 * The page of a report: one file that shows itself from disk, with no program in it and nothing to fetch. All that it shows
 * is in the report, so that a saved one gives the same page.
 */
export function renderPage(report: Report): string {
	const style = new Markup(readFileSync(STYLE_SHEET, "utf8"));
	const title = `ebbpool ${report.kind}, ${report.date.slice(0, 10)}`;
	const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>ebbpool ${report.kind}</h1>
<p>${new Date(report.date).toUTCString()} · ${where(report)}${report.interrupted ? " Interrupted: what was done by then." : undefined}</p>
<fieldset class="theme">
<legend>Theme</legend>
<label><input type="radio" name="theme" id="theme-auto" checked> auto</label>
<label><input type="radio" name="theme" id="theme-light"> light</label>
<label><input type="radio" name="theme" id="theme-dark"> dark</label>
</fieldset>
</header>
<main>${sections(report)}</main>
<footer><p>Made by @ebbpool/cli ${report.version}.</p></footer>
</body>
</html>
`;
	return page.text;
}

function sections(report: Report): Markup {
	switch (report.kind) {
		case "bench":
			return benchSections(report);
		case "advise":
			return adviseSections(report);
		case "check":
			return checkSections(report);
	}
}
