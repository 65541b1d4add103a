import type { Way, WayFigures, WorkloadComparison } from "../model.ts";
import { WAYS } from "../model.ts";
import { WAY_TITLES } from "../way-titles.ts";
import { html, type Markup } from "./html.ts";

/** The colours of the ways, which the style sheet defines for both themes. */
export const WAY_COLOURS = {
	domain: WAYS.map((way) => WAY_TITLES[way]),
	range: ["var(--fresh)", "var(--tuned)", "var(--by-hand)", "var(--pooled)"],
};

/** The ways that were measured, with their figures. */
export function measuredWays(
	workload: WorkloadComparison,
): readonly { readonly way: Way; readonly title: string; readonly figures: WayFigures }[] {
	return WAYS.flatMap((way) => {
		const figures = workload[way];
		return figures === undefined ? [] : [{ way, title: WAY_TITLES[way], figures }];
	});
}

/** The colours of what the charts of these workloads show. */
export function legend(workloads: readonly WorkloadComparison[]): Markup {
	const ways = WAYS.filter((way) => workloads.some((workload) => workload[way] !== undefined));
	return html`<ul class="legend" aria-label="Colours">${ways.map(
		(way) => html`<li class="${way}">${WAY_TITLES[way]}</li>`,
	)}</ul>`;
}
