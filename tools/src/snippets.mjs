import { fromMarkdown } from "mdast-util-from-markdown";
import { parseSync } from "oxc-parser";

/**
 * A program in the documentation.
 *
 * @typedef {{
 *   line: number,
 *   code: string,
 *   runs: boolean,
 *   expected: string[] | undefined,
 * }} Snippet `line` is that of its first line of code; `expected` is what it must print, if it says so
 */

const LANGUAGES = new Set(["ts", "typescript", "mts", "js", "javascript", "mjs"]);

/**
 * Every program of a Markdown text. The fence says what is to be done with it: `ts` compiles and runs, `ts no-run` only
 * compiles. Other words, other names for the language, and blocks that are indented or name none are mistakes, so that no
 * program goes unchecked.
 *
 * @param {string} markdown
 * @returns {Snippet[]}
 */
export function snippetsOfMarkdown(markdown) {
	return codeBlocks(fromMarkdown(markdown)).flatMap((block) => {
		const line = (block.position?.start.line ?? 0) + 1;
		// Indented, or fenced with nothing: it might be a program.
		if (!block.lang) throw new Error(`line ${line - 1}: a block is fenced, and names its language or text`);
		if (!LANGUAGES.has(block.lang)) return [];
		const fence = [block.lang, block.meta].filter(Boolean).join(" ");
		if (fence !== "ts" && fence !== "ts no-run") {
			throw new Error(`line ${line - 1}: a program is fenced with ts or ts no-run, not with ${fence}`);
		}
		return [{ line, code: block.value, runs: fence === "ts", expected: expectedOutput(block.value) }];
	});
}

/**
 * Every program after an `@example` in the documentation comments of a source file.
 *
 * @param {string} file
 * @param {string} source
 * @returns {Snippet[]}
 */
export function snippetsOfSource(file, source) {
	const comments = parseSync(file, source).comments.filter(
		({ type, value }) => type === "Block" && value.startsWith("*") && value.includes("@example"),
	);
	return comments.flatMap(({ start, value }) => {
		const before = source.slice(0, start).split("\n").length - 1;
		const markdown = value.replace(/^[ \t]*\* ?/gm, "");
		return snippetsOfMarkdown(markdown).map((snippet) => ({ ...snippet, line: snippet.line + before }));
	});
}

/**
 * What a snippet says that it prints: the comment that follows a `console.log(…)` on the same line, in the order of the
 * text. One that says so for any call must say all that it prints.
 *
 * @param {string} code
 * @returns {string[] | undefined}
 */
function expectedOutput(code) {
	const lines = [...code.matchAll(/^.*\bconsole\.log\(.*\);\s*\/\/ (.*)$/gm)].map((match) =>
		String(match[1]),
	);
	return lines.length > 0 ? lines : undefined;
}

/**
 * @param {import("mdast").Nodes} node
 * @returns {import("mdast").Code[]}
 */
function codeBlocks(node) {
	if (node.type === "code") return [node];
	return "children" in node ? node.children.flatMap(codeBlocks) : [];
}

/**
 * Whether a program printed what it says. White space does not count, as the console breaks long objects into lines.
 *
 * @param {readonly string[]} expected
 * @param {string} printed
 */
export function printedAsSaid(expected, printed) {
	const words = (/** @type {string} */ text) => text.split(/\s+/).filter(Boolean).join(" ");
	return words(expected.join("\n")) === words(printed);
}
