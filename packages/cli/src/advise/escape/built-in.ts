import type { Scope } from "@babel/traverse";
import type * as t from "@babel/types";

const TYPED_ARRAY = /^(?:(?:Ui|I)nt(?:8|16|32)|Uint8Clamped|Big(?:Ui|I)nt64|Float(?:16|32|64))Array$/u;
const BUFFER_MODULE = /^(?:node:)?buffer$|^safe-buffer$/u;
/** What `instanceof` asks of these is answered by the engine. */
const TESTED =
	/^(?:ArrayBuffer|SharedArrayBuffer|DataView|Buffer|Array|Object|Function|Promise|Error|Map|Set|String|Number|RegExp|Date)$/u;

/** The global name that an expression stands for, through constant names of the file; undefined where it may be anything else. */
function globalName(node: t.Node, scope: Scope): string | undefined {
	if (node.type !== "Identifier") return undefined;
	const binding = scope.getBinding(node.name);
	if (binding === undefined) return node.name;
	if (!binding.constant || !binding.path.isVariableDeclarator()) return undefined;
	const { id, init } = binding.path.node;
	if (id.type !== "Identifier" || init === null || init === undefined) return undefined;
	return globalName(init, binding.scope);
}

export function isTypedArrayConstructor(node: t.Node, scope: Scope): boolean {
	return TYPED_ARRAY.test(globalName(node, scope) ?? "");
}

/** Whether `value instanceof` this runs no code of the program's. */
export function isTestedByEngine(node: t.Node, scope: Scope): boolean {
	const name = globalName(node, scope) ?? "";
	return TYPED_ARRAY.test(name) || TESTED.test(name);
}

/** Whether what is called is that one of the engine's or Node's, and no class made from it. */
export function isBuiltIn(callee: t.Node, what: string, scope: Scope): boolean {
	if (callee.type !== "MemberExpression") return globalName(callee, scope) === what;
	const { object, property, computed } = callee;
	if (computed || object.type !== "Identifier" || property.type !== "Identifier") return false;
	return `Buffer.${property.name}` === what && isBuffer(object.name, scope);
}

function isBuffer(name: string, scope: Scope): boolean {
	const binding = scope.getBinding(name);
	if (binding === undefined) return name === "Buffer";
	const { path } = binding;
	if (!binding.constant || !binding.scope.path.isProgram()) return false;
	if (path.isImportSpecifier()) {
		const { imported } = path.node;
		const from = path.parentPath.isImportDeclaration() ? path.parentPath.node.source.value : "";
		return imported.type === "Identifier" && imported.name === "Buffer" && BUFFER_MODULE.test(from);
	}
	if (!path.isVariableDeclarator()) return false;
	const { id, init } = path.node;
	if (id.type === "Identifier") {
		return (
			init?.type === "MemberExpression" &&
			!init.computed &&
			init.property.type === "Identifier" &&
			init.property.name === "Buffer" &&
			isRequired(init.object)
		);
	}
	return (
		id.type === "ObjectPattern" &&
		isRequired(init) &&
		id.properties.some(
			(one) =>
				one.type === "ObjectProperty" &&
				one.key.type === "Identifier" &&
				one.key.name === "Buffer" &&
				one.value.type === "Identifier" &&
				one.value.name === name,
		)
	);
}

function isRequired(node: t.Node | null | undefined): boolean {
	return (
		node?.type === "CallExpression" &&
		node.callee.type === "Identifier" &&
		node.callee.name === "require" &&
		node.arguments[0]?.type === "StringLiteral" &&
		BUFFER_MODULE.test(node.arguments[0].value)
	);
}
