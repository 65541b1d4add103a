import { estimateText } from "../estimate.ts";
import type { AdviseReport, AllocationSite, Proof } from "../model.ts";
import { bytes, count, times } from "../units.ts";
import { html, type Markup } from "./html.ts";
import { icicleChart } from "./icicle-chart.ts";
import { poolsSection } from "./pools-section.ts";
import { programSection } from "./program-section.ts";
import { lifetimesChart, sizesChart } from "./site-charts.ts";

/** Further ones are in the file of `--json`. */
const MOST_SITES = 30;
/** So many have a section of their own; those that are worth a change, or that were tried, have one in any case. */
const DETAILED = 8;

/** What the page shows of the advisor's report. */
export function adviseSections(report: AdviseReport): Markup {
	const { sites, icicle, nativeBytes } = report;
	const shown = sites.slice(0, MOST_SITES);
	const proofOf = (at: number): Proof | undefined => report.proofs.find((proof) => proof.site === at);
	const isDetailed = (site: AllocationSite, at: number): boolean =>
		at < DETAILED || site.verdict.remedy !== "nothing" || proofOf(at) !== undefined;
	const formula = sites.find(({ collectionFormula }) => collectionFormula !== undefined)?.collectionFormula;
	return html`
<section aria-labelledby="sites">
<h2 id="sites">Allocation sites</h2>
${programSection(report.program)}
${sitesTable(shown, isDetailed)}
${formula === undefined ? undefined : html`<p class="note">Share of collections: ${formula}.</p>`}
${sites.length > shown.length ? html`<p class="note">${sites.length - shown.length} further sites are in the report’s JSON.</p>` : undefined}
${nativeBytes === undefined ? undefined : html`<p class="note">Native code allocated ${bytes(nativeBytes)} for itself, at sites that cannot be told.</p>`}
</section>
${
	icicle === undefined
		? undefined
		: html`<section aria-labelledby="icicle"><h2 id="icicle">Allocations by function</h2>${icicleChart(icicle)}</section>`
}
${shown.map((site, at) => (isDetailed(site, at) ? siteSection(site, at, proofOf(at)) : undefined))}
${poolsSection(report.pools)}`;
}

function titleOf({ functionName, position, what }: AllocationSite): string {
	if (position === undefined) return functionName ?? what;
	const { file, line, column } = position;
	return `${file}:${line}${column === undefined ? "" : `:${column}`}`;
}

/** Without the folders, so that a row fits on a phone. */
function shortTitleOf(site: AllocationSite): string {
	const title = titleOf(site);
	return title.slice(Math.max(title.lastIndexOf("/"), title.lastIndexOf("\\")) + 1);
}

function sitesTable(
	sites: readonly AllocationSite[],
	isDetailed: (site: AllocationSite, at: number) => boolean,
): Markup {
	const rows = sites.map((site, at) => {
		const { functionName, collectionShare, verdict } = site;
		const title = shortTitleOf(site);
		return html`<tr><th scope="row">${isDetailed(site, at) ? html`<a href="#site-${at}">${title}</a>` : title}</th>
<td>${verdict.estimate === undefined ? "–" : estimateText(verdict.estimate)}</td><td class="words">${verdict.text}</td>
<td class="text">${site.what}${functionName === undefined ? undefined : html` in <code>${functionName}</code>`}</td>
<td>${bytes(site.bytesPerSecond)}/s</td><td>${count(site.countPerSecond)}/s</td>
<td>${collectionShare === undefined ? "–" : `${Math.round(collectionShare * 100)} %`}</td></tr>`;
	});
	const heads = ["site", "less CPU", "verdict", "what", "bytes", "count", "of collections"].map((head) => {
		const isText = head === "what" || head === "verdict";
		return html`<th scope="col"${isText ? html` class="text"` : undefined}>${head}</th>`;
	});
	return html`<div class="scrolls" role="region" tabindex="0" aria-label="Table of allocation sites">
<table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function siteSection(site: AllocationSite, at: number, proof: Proof | undefined): Markup {
	const { verdict, functionName, escapes } = site;
	return html`
<section aria-labelledby="site-${at}">
<h3 id="site-${at}">${titleOf(site)}</h3>
<p>${site.what}${functionName === undefined ? undefined : html` in <code>${functionName}</code>`}, ${site.memory}: ${bytes(site.bytes)} in ${count(site.count)} allocations.</p>
<p><strong class="verdict ${verdict.remedy.replaceAll(" ", "-")}">${verdict.text}</strong>: ${verdict.reason}</p>
${verdict.estimate === undefined ? undefined : html`<p>Expected: ${estimateText(verdict.estimate)} less processor time for the same work.</p>`}
${escapes === undefined ? undefined : html`<p class="note">It escapes: ${escapes}.</p>`}
<div class="charts">${lifetimesChart(site)}${sizesChart(site)}</div>
${verdict.code === undefined ? undefined : html`<pre tabindex="0" aria-label="What to write"><code>${verdict.code}</code></pre>`}
${proof === undefined ? undefined : proofMarkup(proof)}
</section>`;
}

function proofMarkup({ refused, patch, gain, checksClean }: Proof): Markup {
	if (refused !== undefined) return html`<p>Not changed: ${refused}</p>`;
	const measured =
		gain === undefined
			? "not measured"
			: `${times(gain.median)} (${times(gain.low)} to ${times(gain.high)}) less processor time`;
	const checks =
		checksClean === undefined
			? ""
			: checksClean
				? ", and the checks found nothing"
				: ", but the checks found misuse";
	return html`<p>Proved: ${measured}${checks}.</p>
${patch === undefined ? undefined : html`<details><summary>The change</summary><pre tabindex="0"><code>${patch}</code></pre></details>`}`;
}
