import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { html, Markup } from "./html.ts";

type PlotOptions = Parameters<typeof Plot.plot>[0];

export interface Chart {
	readonly title: string;
	/** What is to be seen, in words, for those who do not see it. */
	readonly description: string;
	readonly options: PlotOptions;
	/** A chart that is too wide for a phone can be scrolled; others are shown as they are. */
	readonly scrolls?: boolean;
}

/** As wide as a phone, so that no text is ever scaled down. */
export const CHART_WIDTH = 340;
const CHART_HEIGHT = 200;

const { document } = parseHTML("<!doctype html><html></html>");

/** Draws a chart; the picture is part of the page and needs no program to be seen. */
export function chart({ title, description, options, scrolls = false }: Chart): Markup {
	const drawn = Plot.plot({
		document: document as never,
		width: CHART_WIDTH,
		height: CHART_HEIGHT,
		marginLeft: 48,
		marginBottom: 44,
		...options,
		x: { labelOffset: 38, ...options?.x },
		style: { fontSize: "12px", ...(options?.style as object) },
		ariaLabel: title,
		ariaDescription: description,
	}) as { readonly outerHTML: string };
	const picture = new Markup(
		drawn.outerHTML
			// Every one would bring the same; the page has it once.
			.replace(/<style>.*?<\/style>/su, "")
			// The picture has a name; its parts are not read out, and most may have none.
			.replace(
				/<g([^>]*)>/gu,
				(_, attributes: string) => `<g${attributes.replace(/ aria-[a-z]+="[^"]*"/gu, "")}>`,
			)
			.replace("<svg ", '<svg role="img" ')
			// A pixel has no more digits.
			.replace(/\d+\.\d{3,}/gu, (digits) => Number(digits).toFixed(2)),
	);
	const inner = scrolls
		? html`<div class="scrolls" role="region" tabindex="0" aria-label="${title}">${picture}</div>`
		: picture;
	return html`<figure><figcaption>${title}</figcaption>${inner}</figure>`;
}
