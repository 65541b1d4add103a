import { readFileSync } from "node:fs";
import { type ParserPlugin, parse } from "@babel/parser";
import traverseModule, { type NodePath } from "@babel/traverse";
import type * as t from "@babel/types";

// A CommonJS package whose `default` Node does not unwrap.
const traverse = traverseModule.default;

/** A parsed source file with the scopes of its names. */
export interface ParsedSource {
	readonly text: string;
	readonly program: NodePath<t.Program>;
}

/** Undefined where there is no such file, or nothing that the parser understands. */
export function parseFile(path: string): ParsedSource | undefined {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
	return parseSource(text, /\.[cm]?tsx?$/u.test(path));
}

export function parseSource(text: string, typescript = false): ParsedSource | undefined {
	const plugins: ParserPlugin[] = typescript ? ["typescript"] : [];
	try {
		const file = parse(text, {
			sourceType: "unambiguous",
			allowReturnOutsideFunction: true,
			allowAwaitOutsideFunction: true,
			allowSuperOutsideMethod: true,
			errorRecovery: false,
			plugins,
		});
		let program: NodePath<t.Program> | undefined;
		traverse(file, {
			Program(path) {
				program = path;
			},
		});
		return program === undefined ? undefined : { text, program };
	} catch {
		return undefined;
	}
}
