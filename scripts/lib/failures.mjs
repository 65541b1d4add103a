const FAILURE = /^\s*(?:FAILED |✖ (?!failing tests:))/;
const REASON_LINES = 3;

/**
 * What a step said of its failures, so that the end of a long log names them: each line that marks one (`FAILED` of
 * our own checks, `✖` of node's test runner), once, with the first lines of its reason, which are indented deeper.
 *
 * @param {string} output what a step printed
 * @returns {string[]} lines
 */
export function failuresIn(output) {
	const lines = output.split("\n");
	/** @type {Map<string, string[]>} */
	const found = new Map();
	for (const [at, line] of lines.entries()) {
		if (!FAILURE.test(line)) continue;
		const reason = [];
		for (let next = at + 1; reason.length < REASON_LINES && next < lines.length; next++) {
			const text = String(lines[next]);
			if (text.trim() === "" || indentOf(text) <= indentOf(line)) break;
			reason.push(text);
		}
		// The test runner names a failure twice: where it happened, and with its reason at the end.
		const key = line.trim();
		if (reason.length > 0 || !found.has(key)) found.set(key, [line, ...reason]);
	}
	return [...found.values()].flat();
}

/** @param {string} line */
function indentOf(line) {
	return line.length - line.trimStart().length;
}
