import type { NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import type { Escape } from "../escape/flow.ts";

/**
 * Whether what lets a value out of its function is one place in that function, at which the program can note that it did: then the
 * value is given back in all calls that did not come by there.
 */
export function isMarkable({ kind, path }: Escape, owner: NodePath<t.Function>): boolean {
	if (path.getFunctionParent()?.node !== owner.node || !path.isExpression()) return false;
	const { parent } = path;
	switch (kind) {
		case "stored":
			return parent.type === "AssignmentExpression" && parent.operator === "=" && path.key === "right";
		case "returned":
			return parent.type === "ReturnStatement";
		default:
			return false;
	}
}

/** Whether the place is in a branch of the block: one that each call passes would leave nothing to give back. */
export function isInBranch({ path }: Escape, block: t.BlockStatement): boolean {
	for (let at: NodePath | null = path; at !== null && at.node !== block; at = at.parentPath) {
		const parent = at.parentPath;
		if (parent?.isIfStatement() && (at.key === "consequent" || at.key === "alternate")) return true;
	}
	return false;
}
