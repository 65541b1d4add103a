import type { Binding, NodePath } from "@babel/traverse";
import type * as t from "@babel/types";

/** The function that a name always stands for. */
export function functionOf(binding: Binding): NodePath<t.Function> | undefined {
	if (binding.path.isFunctionDeclaration() && binding.constant) return binding.path;
	if (!binding.path.isVariableDeclarator() || !binding.constant) return undefined;
	const init = binding.path.get("init");
	return init.isFunctionExpression() || init.isArrowFunctionExpression() ? init : undefined;
}

/** Whether a nested function is a named one that is never more than called, so that it cannot outlive its surroundings. */
export function isCalledOnly(path: NodePath): boolean {
	const node = path.node as t.Function;
	if (node.async || node.generator) return false;
	let binding: Binding | undefined;
	if (path.isFunctionDeclaration() && path.node.id)
		binding = path.parentPath.scope.getBinding(path.node.id.name);
	else if (path.parentPath?.isVariableDeclarator()) {
		const { id } = path.parentPath.node;
		if (id.type === "Identifier") binding = path.scope.parent.getBinding(id.name);
	} else if (path.key === "callee" && path.parentPath?.isCallExpression()) return true;
	if (binding === undefined || functionOf(binding)?.node !== node) return false;
	return binding.referencePaths.every(
		(reference) => reference.key === "callee" && isPlainCall(reference.parentPath),
	);
}

function isPlainCall(path: NodePath | null): boolean {
	return path?.isCallExpression() === true;
}

/** Whether a callback is written in place and takes no more than the arguments before the array itself. */
export function seesAtMost(count: number, callback: NodePath | undefined): boolean {
	if (!callback?.isArrowFunctionExpression() && !callback?.isFunctionExpression()) return false;
	const { params } = callback.node;
	return (
		params.length <= count && params.every(({ type }) => type !== "RestElement") && !usesArguments(callback)
	);
}

export function usesArguments(path: NodePath<t.Function>): boolean {
	if (path.isArrowFunctionExpression()) return false;
	let found = false;
	path.traverse({
		Identifier({ node }) {
			if (node.name === "arguments") found = true;
		},
		Function(inner) {
			if (!inner.isArrowFunctionExpression()) inner.skip();
		},
	});
	return found;
}

/** Direct `eval` and `with` see every name, from nested functions too. */
export function usesEval(path: NodePath<t.Function>): boolean {
	let found = false;
	path.traverse({
		CallExpression({ node: { callee } }) {
			if (callee.type === "Identifier" && callee.name === "eval") found = true;
		},
		WithStatement() {
			found = true;
		},
	});
	return found;
}
