import type { NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import type { ParsedSource } from "./parse.ts";

export type Allocation = NodePath<t.NewExpression> | NodePath<t.CallExpression>;

/**
 * The call or `new` at the position where V8 says that it is (both from one): for `new X()` its start, for `a.b()` that of
 * `b`, for `f()` that of `f`.
 */
export function findAllocation(
	{ program }: ParsedSource,
	line: number,
	column: number,
): Allocation | undefined {
	let found: Allocation | undefined;
	const check = (path: Allocation): void => {
		const at = positionOf(path.node);
		if (at?.line === line && at.column + 1 === column) found = path;
	};
	program.traverse({ NewExpression: check, CallExpression: check });
	return found;
}

function positionOf(node: t.NewExpression | t.CallExpression): t.SourceLocation["start"] | undefined {
	if (node.type === "NewExpression") return node.loc?.start;
	const { callee } = node;
	return callee.type === "MemberExpression" ? callee.property.loc?.start : callee.loc?.start;
}
