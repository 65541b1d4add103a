/**
 * @typedef {{
 *   where: string, ticks: number, majors: number, minors: number, gets: number, hitRate: number
 * }} ClockRow
 */

const MIN_MAJORS = 5;
const MIN_MINORS = 200;
const MIN_HIT_RATE = 0.999;

/**
 * @param {string} where
 * @param {{ ticks: number, gets: number, hitRate: number }} seen
 * @param {import("./judges.mjs").Collections} judged
 * @returns {ClockRow}
 */
export function clockRow(where, { ticks, gets, hitRate }, { majors, minors }) {
	return { where, ticks, majors, minors, gets, hitRate };
}

/**
 * @param {ClockRow} row
 * @returns {string | undefined} what is wrong with it
 */
export function clockProblem({ ticks, majors, minors, hitRate }) {
	const problems = [
		majors < MIN_MAJORS && `${majors} major collections: too few to judge by, expected ${MIN_MAJORS} or more`,
		minors < MIN_MINORS && `${minors} minor collections: too few to judge by, expected ${MIN_MINORS} or more`,
		Math.abs(ticks - majors) > 1 && `${ticks} ticks in ${majors} major collections, expected as many, ±1`,
		!(hitRate >= MIN_HIT_RATE) && `hit rate ${hitRate}, expected ${MIN_HIT_RATE} or more`,
	].filter((problem) => problem !== false);
	return problems.length > 0 ? problems.join("\n") : undefined;
}

/** @param {readonly ClockRow[]} rows */
export function clockTable(rows) {
	const head = ["clock", "ticks", "majors", "minors", "gets", "hit rate"];
	const body = rows.map(({ where, ticks, majors, minors, gets, hitRate }) => [
		where,
		String(ticks),
		String(majors),
		String(minors),
		String(gets),
		`${(hitRate * 100).toFixed(3)} %`,
	]);
	const widths = head.map((_, column) =>
		Math.max(...[head, ...body].map((row) => String(row[column]).length)),
	);
	return [head, ...body]
		.map((row) =>
			row
				.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
				.join("  "),
		)
		.join("\n");
}
