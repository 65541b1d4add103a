import type { Binding, NodePath, Scope } from "@babel/traverse";
import type * as t from "@babel/types";

/** The function that a name always stands for. */
export function functionOf(binding: Binding): NodePath<t.Function> | undefined {
	if (binding.path.isFunctionDeclaration() && binding.constant) return binding.path;
	if (!binding.path.isVariableDeclarator() || !binding.constant) return undefined;
	const init = binding.path.get("init");
	return init.isFunctionExpression() || init.isArrowFunctionExpression() ? init : undefined;
}

/**
 * Whether code at this place runs within a call of `home` only: the functions between the two are only ever called, and only from
 * such places. Initial values of fields run when somebody makes an instance.
 */
export function staysWithin(
	place: NodePath,
	home: t.Node | undefined,
	visiting: ReadonlySet<t.Node> = new Set(),
): boolean {
	for (let path = place.parentPath; path !== null && path.node !== home; path = path.parentPath) {
		if (path.isClassProperty() || path.isClassPrivateProperty() || path.isClassAccessorProperty())
			return false;
		if (!path.isFunction() || visiting.has(path.node)) continue;
		if (!isCalledOnly(path, home, new Set(visiting).add(path.node))) return false;
	}
	return true;
}

/** Whether a nested function is never more than called, while its surroundings run. */
function isCalledOnly(
	path: NodePath<t.Function>,
	home: t.Node | undefined,
	visiting: ReadonlySet<t.Node>,
): boolean {
	const { node } = path;
	if (node.async || node.generator) return false;
	if (path.key === "callee" && path.parentPath?.isCallExpression()) return true;
	let binding: Binding | undefined;
	if (path.isFunctionDeclaration() && path.node.id)
		binding = path.parentPath.scope.getBinding(path.node.id.name);
	else if (path.parentPath?.isVariableDeclarator()) {
		const { id } = path.parentPath.node;
		if (id.type === "Identifier") binding = path.scope.parent.getBinding(id.name);
	}
	if (binding === undefined || functionOf(binding)?.node !== node) return false;
	return binding.referencePaths.every(
		(reference) =>
			reference.key === "callee" &&
			reference.parentPath?.isCallExpression() === true &&
			staysWithin(reference, home, visiting),
	);
}

/** What a function may return, with the scope of each; no value where it ends without one. */
export function returnsOf(target: NodePath<t.Function>): (readonly [t.Node | undefined, Scope])[] {
	const { body } = target.node;
	if (body.type !== "BlockStatement") return [[body, target.scope]];
	const found: (readonly [t.Node | undefined, Scope])[] = [];
	target.traverse({
		ReturnStatement({ node, scope }) {
			found.push([node.argument ?? undefined, scope]);
		},
		Function(inner) {
			inner.skip();
		},
	});
	return found;
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
