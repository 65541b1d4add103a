import { parseSync } from "oxc-parser";

/**
 * The specifiers of all that a module imports, re-exports or names in `import("…")`, types included.
 *
 * @param {string} file its extension tells the language
 * @param {string} text
 * @returns {{ specifier: string, line: number }[]}
 */
export function importsOf(file, text) {
	const { module, errors } = parseSync(file, text);
	if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
	const requests = [
		...module.staticImports.map(({ moduleRequest }) => moduleRequest),
		...module.staticExports.flatMap(({ entries }) =>
			entries.flatMap(({ moduleRequest }) => moduleRequest ?? []),
		),
		...module.dynamicImports
			.map(({ moduleRequest }) => literalOf(text, moduleRequest))
			.filter((request) => request !== undefined),
	];
	const found = requests.map(({ value, start }) => ({
		specifier: value,
		line: text.slice(0, start).split("\n").length,
	}));
	return [...new Map(found.map((each) => [`${each.specifier} ${each.line}`, each])).values()];
}

/**
 * @param {string} text
 * @param {{ start: number, end: number }} span of what a dynamic import is given
 * @returns {{ value: string, start: number } | undefined} undefined where it is computed
 */
function literalOf(text, { start, end }) {
	const match = /^(["'`])(.*)\1$/s.exec(text.slice(start, end));
	return match ? { value: String(match[2]), start } : undefined;
}
