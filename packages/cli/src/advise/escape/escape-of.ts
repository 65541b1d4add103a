import type { Binding, NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import { type Allocation, findAllocation } from "./find-allocation.ts";
import { type Escape, Flow } from "./flow.ts";
import type { ParsedSource } from "./parse.ts";

/** What the source says about the value that a site allocates. */
export interface SiteFlow {
	readonly allocation: Allocation;
	/** The function that allocates; undefined at the top level of a module. */
	readonly owner: NodePath<t.Function> | undefined;
	/** None: the value stays within one call of the owner, as far as the file shows. */
	readonly escapes: readonly Escape[];
	readonly uses: readonly NodePath[];
	/** Every name that may stand for it. */
	readonly bindings: readonly Binding[];
	readonly isAsync: boolean;
}

/** Follows what is allocated at a position, counted from one; undefined where the source does not have it there. */
export function escapeOf(
	source: ParsedSource,
	{ line, column, what }: { line: number; column: number; what: string },
): SiteFlow | undefined {
	const allocation = findAllocation(source, line, column);
	if (allocation === undefined) return undefined;
	const flow = new Flow(allocation, what.startsWith("Buffer."));
	flow.follow(allocation);
	flow.finish();
	const owner = allocation.getFunctionParent() ?? undefined;
	const { escapes, uses, bindings } = flow;
	const isAsync = owner?.node.async === true || owner?.node.generator === true;
	return { allocation, owner, escapes, uses, bindings, isAsync };
}
