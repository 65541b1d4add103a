import type * as t from "@babel/types";
import MagicString from "magic-string";
import type { ParsedSource } from "../escape/parse.ts";
import type { BlockPlan, EditPlan, ExtentPlan, PooledSite } from "./plan-edit.ts";

/** Where the edited file gets Ebbpool from. */
export interface PoolModule {
	readonly esm: string;
	readonly commonjs: string;
}

/** The name as a user writes it. */
export const PUBLISHED: PoolModule = { esm: "ebbpool", commonjs: "ebbpool" };

/** A pool keeps arrays of at most so many different lengths; others are made and dropped, as before. */
const MOST_LENGTHS = 32;

/** What the changes of one file have in common. */
interface Editing {
	readonly text: string;
	readonly edited: MagicString;
	/** What stands in front of the first statement, behind what loads Ebbpool. */
	readonly prelude: string[];
}

/** The source with the sites pooled. No line moves, so that every line number stays what it was. */
export function editSource(
	{ text, program }: ParsedSource,
	plans: readonly EditPlan[],
	file: string,
	from: PoolModule,
): string {
	const isModule = program.node.sourceType === "module" || /\.mts$|\.mjs$/u.test(file);
	const pool = unusedName(text, "EbbPool");
	const editing: Editing = { text, edited: new MagicString(text), prelude: [] };
	const roots = [...new Set(plans.flatMap((plan) => ("root" in plan ? [plan.root] : [])))];
	for (const [at, plan] of plans.entries()) {
		editing.prelude.push(poolFor(text, plan, { pool, name: unusedName(text, `ebbPool${at + 1}`) }));
		if ("root" in plan) takeForCall(editing, plan, at, roots.indexOf(plan.root));
		else takeForBlock(editing, plan, at);
	}
	// Behind those of blocks: where both end in the same place, the block ends first.
	for (const [at, root] of roots.entries()) wrapRoot(editing, root, at);
	const load = isModule
		? `import { Pool as ${pool} } from ${JSON.stringify(from.esm)};`
		: `const { Pool: ${pool} } = require(${JSON.stringify(from.commonjs)});`;
	editing.edited.prependLeft(startOf(program.node), `${load} ${editing.prelude.join(" ")} `);
	return editing.edited.toString();
}

function takeForBlock({ text, edited }: Editing, plan: BlockPlan, at: number): void {
	const name = unusedName(text, `ebbPool${at + 1}`);
	const { allocation, declaration, block, length, escapes } = plan;
	if (length === undefined && escapes.length === 0 && !plan.isAlternative) {
		replace(edited, allocation, `${name}.get()`);
		wrapRest(edited, declaration, block, `${name}.put(${plan.name});`);
		return;
	}
	const from = length === undefined ? name : unusedName(text, `ebbPoolOf${at + 1}`);
	const item = unusedName(text, `ebbItem${at + 1}`);
	const kept = unusedName(text, `ebbKept${at + 1}`);
	const names = [item, ...(length === undefined ? [] : [from]), ...(escapes.length === 0 ? [] : [kept])];
	edited.prependLeft(declaration.start as number, `let ${names.join(", ")}; `);
	if (length === undefined) {
		replace(edited, allocation, `(${item} = ${name}.get())`);
	} else {
		// The length stays where it is: others may change what is in it.
		replace(edited, { start: allocation.start, end: length.start }, `(${item} = (${from} = ${name}(`);
		replace(edited, { start: length.end, end: allocation.end }, ")).get())");
	}
	for (const { start, end } of escapes) {
		edited.appendLeft(start as number, `(${kept} = true, `);
		edited.prependRight(end as number, ")");
	}
	const conditions = [
		...(plan.isAlternative ? [`${item} !== undefined`] : []),
		...(escapes.length === 0 ? [] : [`!${kept}`]),
	];
	const condition = conditions.length === 0 ? "" : `if (${conditions.join(" && ")}) `;
	wrapRest(edited, declaration, block, `${condition}${from}.put(${item});`);
}

/** The item is noted by the call of the root that is under way, which gives it back. */
function takeForCall(
	{ text, edited }: Editing,
	{ allocation, length }: ExtentPlan,
	at: number,
	root: number,
): void {
	const take = unusedName(text, `ebbTake${root + 1}`);
	const name = unusedName(text, `ebbPool${at + 1}`);
	if (length === undefined) {
		replace(edited, allocation, `${take}(${name})`);
		return;
	}
	replace(edited, { start: allocation.start, end: length.start }, `${take}(${name}(`);
	replace(edited, { start: length.end, end: allocation.end }, "))");
}

/** What one call holds until its end; what it makes beyond that is left to the collector, as before. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Of a small array outside of its elements. */
const OBJECT_BYTES = 64;

function wrapRoot({ text, edited, prelude }: Editing, { body }: ExtentPlan["root"], at: number): void {
	const [call, outer, take, giveBack] = ["Call", "Outer", "Take", "GiveBack"].map((word) =>
		unusedName(text, `ebb${word}${at + 1}`),
	);
	prelude.push(
		`let ${call};`,
		`const ${take} = (pool) => { const item = pool.get(); if (${call} !== undefined && (${call}.bytes += item.byteLength + ${OBJECT_BYTES}) <= ${MOST_BYTES}) ${call}.items.push(pool, item); return item; };`,
		`const ${giveBack} = ({ items }) => { for (let at = 0; at < items.length; at += 2) items[at].put(items[at + 1]); };`,
	);
	const start = (body.directives.at(-1)?.end ?? (body.start as number) + 1) as number;
	const semicolon = body.directives.length > 0 ? ";" : "";
	const own = unusedName(text, `ebbOwn${at + 1}`);
	edited.appendRight(
		start,
		`${semicolon} const ${outer} = ${call}; const ${own} = ${call} = { items: [], bytes: 0 }; try {`,
	);
	edited.appendLeft((body.end as number) - 1, `} finally { ${call} = ${outer}; ${giveBack}(${own}); } `);
}

/** Puts other code in a place, with as many lines. */
function replace(
	edited: MagicString,
	{ start, end }: { readonly start?: number | null | undefined; readonly end?: number | null | undefined },
	by: string,
): void {
	const lines = edited.original.slice(start as number, end as number).split("\n").length - 1;
	edited.overwrite(start as number, end as number, by + "\n".repeat(lines));
}

/** A pool of items of one length, or a function that gives the one for a length. */
function poolFor(
	text: string,
	{ allocation, length, zeroed, name: variable }: PooledSite,
	{ pool, name }: { readonly pool: string; readonly name: string },
): string {
	const { callee } = allocation;
	const make = (length: string): string =>
		`${allocation.type === "NewExpression" ? "new " : ""}${sourceOf(text, callee)}(${length})`;
	const reset = zeroed ? `, reset: (item) => { ${zeroing(allocation)} }` : "";
	const title = JSON.stringify(variable);
	if (length === undefined) {
		const made = make(sourceOf(text, allocation.arguments[0] as t.Node));
		return `const ${name} = new ${pool}({ name: ${title}, new: () => ${made}${reset} });`;
	}
	return `const ${name}s = new Map(); const ${name} = (length) => { let found = ${name}s.get(length); if (found === undefined) { found = new ${pool}({ name: ${title}, new: () => ${make("length")}${reset} }); if (typeof length === "number" && ${name}s.size < ${MOST_LENGTHS}) ${name}s.set(length, found); } return found; };`;
}

/** The pools stand in front of the first line, and no line may move; names and numbers have no strings that look like a comment. */
function sourceOf(text: string, { start, end }: t.Node): string {
	return text
		.slice(start as number, end as number)
		.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gsu, " ")
		.replaceAll(/\s+/gu, " ");
}

function wrapRest(edited: MagicString, declaration: t.Node, block: t.Node, giveBack: string): void {
	// Behind a statement without a semicolon it would go on.
	const end = edited.original[(declaration.end as number) - 1] === ";" ? "" : ";";
	edited.appendRight(declaration.end as number, `${end} try {`);
	edited.appendLeft((block.end as number) - 1, `} finally { ${giveBack} } `);
}

/** Behind directives, which must come first. */
function startOf({ body, directives, interpreter }: t.Program): number {
	const [first] = body;
	if (first !== undefined) return first.start as number;
	return (directives.at(-1)?.end ?? interpreter?.end ?? 0) as number;
}

function zeroing({ callee }: t.NewExpression | t.CallExpression): string {
	const isMemory = callee.type === "Identifier" && callee.name === "ArrayBuffer";
	return isMemory ? "new Uint8Array(item).fill(0);" : "item.fill(0);";
}

function unusedName(text: string, wanted: string): string {
	let name = wanted;
	while (text.includes(name)) name = `${name}_`;
	return name;
}
