import type * as t from "@babel/types";
import MagicString from "magic-string";
import type { ParsedSource } from "../escape/parse.ts";
import type { EditPlan } from "./plan-edit.ts";

/** Where the edited file gets Ebbpool from. */
export interface PoolModule {
	readonly esm: string;
	readonly commonjs: string;
}

/** The name as a user writes it. */
export const PUBLISHED: PoolModule = { esm: "ebbpool", commonjs: "ebbpool" };

/** A pool keeps arrays of at most so many different lengths; others are made and dropped, as before. */
const MOST_LENGTHS = 32;

/** The source with the sites pooled. No line moves, so that every line number stays what it was. */
export function editSource(
	{ text, program }: ParsedSource,
	plans: readonly EditPlan[],
	file: string,
	from: PoolModule,
): string {
	const edited = new MagicString(text);
	const isModule = program.node.sourceType === "module" || /\.mts$|\.mjs$/u.test(file);
	const pools: string[] = [];
	const pool = unusedName(text, "EbbPool");
	for (const [at, plan] of plans.entries()) {
		const name = unusedName(text, `ebbPool${at + 1}`);
		const { allocation, declaration, block, length } = plan;
		const made = text.slice(allocation.start as number, allocation.end as number);
		const reset = plan.zeroed ? `, reset: (item) => { ${zeroing(allocation)} }` : "";
		if (length === undefined) {
			pools.push(
				`const ${name} = new ${pool}({ name: ${JSON.stringify(plan.name)}, new: () => ${made}${reset} });`,
			);
			edited.overwrite(allocation.start as number, allocation.end as number, `${name}.get()`);
			wrapRest(edited, declaration, block, `${name}.put(${plan.name});`);
			continue;
		}
		const lengthText = text.slice(length.start as number, length.end as number);
		const constructed = made.replace(lengthText, "length");
		pools.push(
			`const ${name}s = new Map(); const ${name} = (length) => { let found = ${name}s.get(length); if (found === undefined) { found = new ${pool}({ name: ${JSON.stringify(plan.name)}, new: () => ${constructed}${reset} }); if (${name}s.size < ${MOST_LENGTHS}) ${name}s.set(length, found); } return found; };`,
		);
		const local = unusedName(text, `ebbPoolOf${at + 1}`);
		edited.prependLeft(declaration.start as number, `const ${local} = ${name}(${lengthText}); `);
		edited.overwrite(allocation.start as number, allocation.end as number, `${local}.get()`);
		wrapRest(edited, declaration, block, `${local}.put(${plan.name});`);
	}
	const load = isModule
		? `import { Pool as ${pool} } from ${JSON.stringify(from.esm)};`
		: `const { Pool: ${pool} } = require(${JSON.stringify(from.commonjs)});`;
	edited.prependLeft(startOf(program.node), `${load} ${pools.join(" ")} `);
	return edited.toString();
}

function wrapRest(edited: MagicString, declaration: t.Node, block: t.Node, giveBack: string): void {
	edited.appendRight(declaration.end as number, " try {");
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
