import type { Scope } from "@babel/traverse";
import type * as t from "@babel/types";

const ARITHMETIC = new Set(["-", "*", "/", "%", "**", "<<", ">>", ">>>", "|", "&", "^"]);

/** Whether an expression gives the same number wherever in the module it stands. */
export function isFixedNumber(node: t.Expression | t.PrivateName, scope: Scope): boolean {
	switch (node.type) {
		case "NumericLiteral":
			return true;
		case "BinaryExpression":
			return (
				(ARITHMETIC.has(node.operator) || node.operator === "+") &&
				isFixedNumber(node.left, scope) &&
				isFixedNumber(node.right, scope)
			);
		case "Identifier": {
			const binding = scope.getBinding(node.name);
			if (binding === undefined || !binding.constant || !binding.scope.path.isProgram()) return false;
			const init = binding.path.isVariableDeclarator() ? binding.path.node.init : undefined;
			return init !== null && init !== undefined && isFixedNumber(init, binding.scope);
		}
		default:
			return false;
	}
}

/** Whether an expression gives a number, or throws. */
export function isNumber(node: t.Expression | t.PrivateName, scope: Scope): boolean {
	switch (node.type) {
		case "NumericLiteral":
			return true;
		case "UpdateExpression":
			return true;
		case "UnaryExpression":
			return node.operator === "-" || node.operator === "+" || node.operator === "~";
		case "BinaryExpression":
			if (ARITHMETIC.has(node.operator)) return true;
			return node.operator === "+" && isNumber(node.left, scope) && isNumber(node.right, scope);
		case "ConditionalExpression":
			return isNumber(node.consequent, scope) && isNumber(node.alternate, scope);
		case "MemberExpression":
			// The length of a string, an array or a typed array.
			return (
				!node.computed &&
				node.property.type === "Identifier" &&
				/^(?:length|byteLength)$/u.test(node.property.name)
			);
		case "CallExpression":
			return (
				node.callee.type === "MemberExpression" &&
				node.callee.object.type === "Identifier" &&
				node.callee.object.name === "Math" &&
				!scope.hasBinding("Math", true)
			);
		case "Identifier": {
			const binding = scope.getBinding(node.name);
			const init =
				binding?.constant && binding.path.isVariableDeclarator() ? binding.path.node.init : undefined;
			return init !== null && init !== undefined && isNumber(init, binding?.scope ?? scope);
		}
		default:
			return false;
	}
}
