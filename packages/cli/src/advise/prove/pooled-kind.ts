import type { NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import { isBuiltIn } from "../escape/built-in.ts";
import type { SiteFlow } from "../escape/escape-of.ts";
import type { AllocationSite } from "../sites.ts";
import { isFixedNumber, isNumber } from "./numbers.ts";

export interface PooledKind {
	/** The length that is asked for; undefined: always the same, written in the allocation itself. */
	readonly length: t.Expression | undefined;
	/** Whether the program may count on zeros. */
	readonly zeroed: boolean;
}

/** What a pool for the site would make; else why there can be none. */
export function kindOf(allocation: SiteFlow["allocation"], { what }: AllocationSite): PooledKind | string {
	const { node } = allocation;
	const [length, ...others] = node.arguments;
	const isArray =
		node.type === "NewExpression" &&
		/^(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array$|^ArrayBuffer$/u.test(what);
	const isBuffer = node.type === "CallExpression" && /^Buffer\.alloc(?:Unsafe|UnsafeSlow)?$/u.test(what);
	if (!isArray && !isBuffer) return `${what} is not made from a length alone`;
	if (others.length > 0) return "it is made from more than a length";
	if (length === undefined || length.type === "SpreadElement" || length.type === "ArgumentPlaceholder") {
		return "it is made without a length";
	}
	if (!isReachable(node.callee, allocation)) return "its constructor is not known everywhere in the module";
	if (!isBuiltIn(node.callee, what, allocation.scope)) return `what makes it may be more than ${what}`;
	const zeroed = what !== "Buffer.allocUnsafe" && what !== "Buffer.allocUnsafeSlow";
	if (isFixedNumber(length as t.Expression, allocation.scope)) return { length: undefined, zeroed };
	if (isNumber(length as t.Expression, allocation.scope)) return { length: length as t.Expression, zeroed };
	return "its length may be something else than a number";
}

/** Whether what is called has the same meaning at the top of the module. */
function isReachable(callee: t.Node, at: NodePath): boolean {
	if (callee.type === "MemberExpression") return isReachable(callee.object, at);
	if (callee.type !== "Identifier") return false;
	const binding = at.scope.getBinding(callee.name);
	return binding === undefined || (binding.scope.path.isProgram() && binding.constant);
}
