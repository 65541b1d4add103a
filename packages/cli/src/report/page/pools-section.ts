import * as Plot from "@observablehq/plot";
import type { PoolFigures } from "../model.ts";
import { bytes, count } from "../units.ts";
import { chart } from "./chart.ts";
import { html, type Markup } from "./html.ts";

const UNKNOWN = "–";

/** The pools of a program: what they served, and what they hold. */
export function poolsSection(pools: readonly PoolFigures[]): Markup | undefined {
	if (pools.length === 0) return undefined;
	return html`
<section aria-labelledby="pools">
<h2 id="pools">Pools</h2>
<div class="charts">${hitsChart(pools)}${bytesChart(pools)}</div>
${poolsTable(pools)}
</section>`;
}

/** A row a pool. */
export function poolsTable(pools: readonly PoolFigures[]): Markup | undefined {
	if (pools.length === 0) return undefined;
	const rows = pools.map((pool) => {
		const { gets, hits, misses, evicted, pooled } = pool;
		const cells = [gets, hits, misses, evicted, pooled].map((value) =>
			value === undefined ? UNKNOWN : count(value),
		);
		const held = pool.bytes === undefined ? UNKNOWN : bytes(pool.bytes);
		return html`<tr><th scope="row">${titleOf(pool)}</th>${[...cells, held].map((cell) => html`<td>${cell}</td>`)}</tr>`;
	});
	const heads = ["pool", "gets", "hits", "misses", "evicted", "pooled at the end", "bytes at the end"];
	return html`<div class="scrolls" role="region" tabindex="0" aria-label="Table of pools">
<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function titleOf({ name, pools }: PoolFigures): string {
	const title = name ?? "unnamed";
	return pools > 1 ? `${title} (${pools} pools)` : title;
}

function hitsChart(pools: readonly PoolFigures[]): Markup | undefined {
	const data = pools.flatMap((pool) => {
		const { hits, misses } = pool;
		if (hits === undefined) return [];
		return [
			{ pool: titleOf(pool), what: "hit", value: hits },
			{ pool: titleOf(pool), what: "miss", value: misses },
		];
	});
	if (data.length === 0) return undefined;
	return bars(
		"Hits and misses",
		data,
		{ domain: ["hit", "miss"], range: ["var(--pooled)", "var(--fresh)"] },
		count,
	);
}

function bytesChart(pools: readonly PoolFigures[]): Markup | undefined {
	const data = pools.flatMap((pool) =>
		pool.bytes === undefined ? [] : [{ pool: titleOf(pool), what: "pooled", value: pool.bytes }],
	);
	if (data.length === 0) return undefined;
	return bars("Bytes in each pool at the end", data, { domain: ["pooled"], range: ["var(--pooled)"] }, bytes);
}

interface Bar {
	readonly pool: string;
	readonly what: string;
	readonly value: number;
}

function bars(
	title: string,
	data: readonly Bar[],
	color: { domain: string[]; range: string[] },
	format: (value: number) => string,
): Markup {
	const longest = Math.max(...data.map(({ pool }) => pool.length));
	return chart({
		title,
		description: data.map(({ pool, what, value }) => `${pool}, ${what}: ${format(value)}`).join("; "),
		options: {
			height: 60 + 26 * new Set(data.map(({ pool }) => pool)).size,
			marginLeft: Math.min(160, 16 + 7 * longest),
			x: { label: null, grid: true, ticks: 4, tickFormat: (value: number) => format(value) },
			y: { label: null },
			color,
			marks: [
				Plot.barX([...data], {
					x: "value",
					y: "pool",
					fill: "what",
					title: (bar: Bar) => `${bar.pool}, ${bar.what}: ${format(bar.value)}`,
				}),
				Plot.ruleX([0]),
			],
		},
	});
}
