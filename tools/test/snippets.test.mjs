import assert from "node:assert/strict";
import { test } from "node:test";
import { printedAsSaid, snippetsOfMarkdown, snippetsOfSource } from "../src/snippets.mjs";

const fenced = (/** @type {string} */ fence, /** @type {string} */ code) =>
	`# Title\n\n~~~${fence}\n${code}\n~~~\n`;

test("programs are found with the line they begin on, and what they say they print", () => {
	const code = 'const a = 1;\nconsole.log(a); // 1\nconsole.log("b", a);   // b 1\nfoo(); // not this';
	assert.deepEqual(snippetsOfMarkdown(fenced("ts", code)), [
		{ line: 4, code, runs: true, expected: ["1", "b 1"] },
	]);
});

test("a program that says nothing has no expectation; no-run keeps it from running", () => {
	const [snippet] = snippetsOfMarkdown(fenced("ts no-run", "console.log(1);"));
	assert.deepEqual(snippet, { line: 4, code: "console.log(1);", runs: false, expected: undefined });
});

test("a fence that would leave a program unchecked is a mistake; other languages are none of ours", () => {
	for (const fence of ["js", "typescript", "ts no-check", "mjs"]) {
		assert.throws(() => snippetsOfMarkdown(fenced(fence, "1")), /fenced with ts or ts no-run/);
	}
	assert.deepEqual(snippetsOfMarkdown(fenced("sh", "npm ci")), []);
});

test("a block that is indented, or names no language, is a mistake", () => {
	for (const markdown of [
		"Text.\n\n    const a = 1;\n",
		"```\nconst a = 1;\n```\n",
		"- An item:\n\n      it();\n",
	]) {
		assert.throws(() => snippetsOfMarkdown(markdown), /names its language/);
	}
});

test("examples in comments are found with the line of the source file, in comments only", () => {
	const source = [
		"const text = '/** @example */';",
		"/**",
		" * Does it.",
		" *",
		" * @example",
		" * ```ts",
		" * it();",
		" * ```",
		" */",
		"export function it(): void {}",
	].join("\n");
	assert.deepEqual(snippetsOfSource("it.ts", source), [
		{ line: 7, code: "it();", runs: true, expected: undefined },
	]);
});

test("output is compared word by word", () => {
	assert.ok(printedAsSaid(["{ a: 1, b: 2 }"], "{\n  a: 1,\n  b: 2\n}\n"));
	assert.ok(!printedAsSaid(["1", "2"], "2\n1\n"));
	assert.ok(!printedAsSaid(["1"], ""));
});
