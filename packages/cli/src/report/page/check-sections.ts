import { happened } from "../happened.ts";
import type { CheckReport, ViolationGroup } from "../model.ts";
import { html, type Markup } from "./html.ts";
import { poolsSection } from "./pools-section.ts";
import { programSection } from "./program-section.ts";

/** What the page shows of a checked run. */
export function checkSections({ program, checks, violations, pools }: CheckReport): Markup {
	const total = violations.reduce((sum, { count }) => sum + count, 0);
	const found = total === 0 ? "No violation." : `${total} ${total === 1 ? "violation" : "violations"}.`;
	return html`
<section aria-labelledby="violations">
<h2 id="violations">Violations</h2>
${programSection(program)}
<p><strong class="verdict ${total === 0 ? "pool" : "failed"}">${found}</strong> Checks: ${checks.join(", ")}.</p>
${violations.map(violationMarkup)}
</section>
${poolsSection(pools)}`;
}

function violationMarkup({ kind, pool, message, count, stacks }: ViolationGroup): Markup {
	return html`
<article>
<h3>${kind}${pool === undefined ? undefined : html` in <code>${pool}</code>`}${count > 1 ? `, ${count} times` : undefined}</h3>
<p>${happened(message)}</p>
${stacks.map(
	({ title, frames }) =>
		html`<details><summary>${title}</summary><pre tabindex="0"><code>${frames.join("\n")}</code></pre></details>`,
)}
</article>`;
}
