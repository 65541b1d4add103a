/**
 * How many things were tried, and how they went: the closing line of every check, which `scripts/ci.mjs` adds up.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

const CLOSING_LINE = /^(\d+) passed, (\d+) failed, (\d+) skipped$/gm;

/** @param {Tally} tally */
export function formatTally({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * @param {string} output what a step printed
 * @returns {Tally | undefined} its last closing line
 */
export function lastTally(output) {
	const match = [...output.matchAll(CLOSING_LINE)].at(-1);
	return match && { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3]) };
}

/**
 * A step's tally and its exit status must agree: a step that fails without saying why counts as one failure, and one
 * that says nothing counts as one thing tried.
 *
 * @param {string} output
 * @param {number} status
 * @returns {Tally}
 */
export function tallyOfStep(output, status) {
	const tally = lastTally(output) ?? { passed: status === 0 ? 1 : 0, failed: 0, skipped: 0 };
	return status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** @param {readonly Tally[]} tallies */
export function sumTallies(tallies) {
	const sum = { passed: 0, failed: 0, skipped: 0 };
	for (const { passed, failed, skipped } of tallies) {
		sum.passed += passed;
		sum.failed += failed;
		sum.skipped += skipped;
	}
	return sum;
}
