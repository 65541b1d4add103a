import type { Binding, NodePath, Scope } from "@babel/traverse";
import type * as t from "@babel/types";
import { isBuiltIn, isTypedArrayConstructor } from "./built-in.ts";
import { functionOf, returnsOf, usesArguments } from "./functions.ts";

const ARITHMETIC = new Set(["-", "*", "/", "%", "**", "<<", ">>", ">>>", "|", "&", "^"]);

/**
 * Names, functions and fields that are being looked at: each may count on the others, since a value comes from somewhere first. So may
 * all on the allocation that is followed: where a name holds something else, nothing is asked.
 */
type Visiting = ReadonlySet<unknown>;

/**
 * Whether an expression gives a number (or a bigint), or throws; a variable that was not given a value yet and an element that is not
 * there count as numbers. As a key of a typed array it then names an element, and never `buffer` or a property that stays.
 */
export function isNumeric(node: t.Node, scope: Scope, visiting: Visiting = new Set()): boolean {
	const both = (left: t.Node, right: t.Node): boolean =>
		isNumeric(left, scope, visiting) && isNumeric(right, scope, visiting);
	switch (node.type) {
		case "NumericLiteral":
		case "BigIntLiteral":
		case "UpdateExpression":
			return true;
		case "UnaryExpression":
			return node.operator === "-" || node.operator === "+" || node.operator === "~";
		case "BinaryExpression":
			return ARITHMETIC.has(node.operator) || (node.operator === "+" && both(node.left, node.right));
		case "LogicalExpression":
			return both(node.left, node.right);
		case "ConditionalExpression":
			return both(node.consequent, node.alternate);
		case "AssignmentExpression":
			return isNumericAssignment(node, scope, visiting);
		case "SequenceExpression":
			return isNumeric(node.expressions.at(-1) as t.Node, scope, visiting);
		case "ParenthesizedExpression":
		case "TSAsExpression":
		case "TSNonNullExpression":
		case "TSSatisfiesExpression":
			return isNumeric(node.expression, scope, visiting);
		case "MemberExpression":
			return isTypedArray(node.object, scope, visiting) && isNumericMember(node, scope, visiting);
		case "CallExpression":
			return isNumericCall(node, scope, visiting);
		case "Identifier": {
			if (node.name === "undefined") return false;
			const binding = scope.getBinding(node.name);
			return binding !== undefined && isNumericName(binding, visiting);
		}
		default:
			return false;
	}
}

/** Whether an expression, added to by a number at least, cannot be the name of a property of a typed array's own kind. */
export function isNoName(node: t.Node, scope: Scope, known: Visiting): boolean {
	if (isNumeric(node, scope, known)) return true;
	return (
		node.type === "BinaryExpression" &&
		node.operator === "+" &&
		(isNumeric(node.left, scope, known) || isNumeric(node.right, scope, known))
	);
}

function isNumericAssignment(
	{ operator, left, right }: t.AssignmentExpression,
	scope: Scope,
	visiting: Visiting,
): boolean {
	if (operator === "=") return isNumeric(right, scope, visiting);
	if (ARITHMETIC.has(operator.slice(0, -1))) return true;
	return isNumeric(left, scope, visiting) && isNumeric(right, scope, visiting);
}

/** Of a typed array: an element or a length. */
function isNumericMember(
	{ property, computed }: t.MemberExpression,
	scope: Scope,
	visiting: Visiting,
): boolean {
	if (computed) return isNumeric(property, scope, visiting);
	return property.type === "Identifier" && /^(?:length|byteLength|byteOffset)$/u.test(property.name);
}

function isNumericCall(node: t.CallExpression, scope: Scope, visiting: Visiting): boolean {
	const { callee } = node;
	if (callee.type === "MemberExpression") {
		return (
			callee.object.type === "Identifier" &&
			callee.object.name === "Math" &&
			callee.property.type === "Identifier" &&
			!callee.computed &&
			Object.hasOwn(Math, callee.property.name) &&
			!scope.hasBinding("Math", true)
		);
	}
	const binding = callee.type === "Identifier" ? scope.getBinding(callee.name) : undefined;
	const target = binding && functionOf(binding);
	if (target === undefined || target.node.async || target.node.generator) return false;
	if (visiting.has(target.node)) return true;
	const inside = new Set(visiting).add(target.node);
	return returnsOf(target).every(([value, at]) => value === undefined || isNumeric(value, at, inside));
}

/** Whether all that a name is ever given is a number. */
function isNumericName(binding: Binding, visiting: Visiting): boolean {
	if (visiting.has(binding)) return true;
	const inside = new Set(visiting).add(binding);
	const { path } = binding;
	const begins = binding.kind === "param" ? isNumericParameter(binding, inside) : isGivenNumber(path, inside);
	return begins && binding.constantViolations.every((one) => isGivenNumber(one, inside));
}

function isGivenNumber(path: NodePath, visiting: Visiting): boolean {
	const { node, scope } = path;
	if (node.type === "UpdateExpression") return true;
	if (node.type === "AssignmentExpression") {
		return node.left.type === "Identifier" && isNumericAssignment(node, scope, visiting);
	}
	if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier") return false;
	const loop = path.parentPath?.parentPath;
	if (loop?.isForXStatement() && path.parentPath?.key === "left") {
		return loop.isForOfStatement() && !loop.node.await && isTypedArray(loop.node.right, scope, visiting);
	}
	return node.init === null || node.init === undefined || isNumeric(node.init, scope, visiting);
}

/** Of a function that is only ever called, by its name, with a number in that place. */
function isNumericParameter(binding: Binding, visiting: Visiting): boolean {
	const target = binding.scope.path;
	if (!target.isFunction() || usesArguments(target)) return false;
	const at = target.node.params.indexOf(binding.identifier as t.Identifier);
	const name = target.isFunctionDeclaration()
		? target.node.id?.name
		: target.parentPath.isVariableDeclarator() && target.parentPath.node.id.type === "Identifier"
			? target.parentPath.node.id.name
			: undefined;
	const called = name === undefined ? undefined : target.parentPath.scope.getBinding(name);
	if (at < 0 || called === undefined || functionOf(called)?.node !== target.node) return false;
	// One that the file never calls is called by somebody else, if at all.
	if (called.referencePaths.length === 0) return false;
	return called.referencePaths.every((reference) => {
		const call = reference.parentPath;
		if (reference.key !== "callee" || !call?.isCallExpression()) return false;
		const given = call.node.arguments.slice(0, at + 1);
		if (given.some(({ type }) => type === "SpreadElement")) return false;
		const argument = given[at];
		return argument === undefined || isNumeric(argument, reference.scope, visiting);
	});
}

/** Whether an expression gives a typed array or `Buffer`, as its name was declared. */
export function isTypedArray(node: t.Node, scope: Scope, visiting: Visiting): boolean {
	switch (node.type) {
		case "NewExpression":
			return visiting.has(node) || isTypedArrayConstructor(node.callee, scope);
		case "CallExpression": {
			const { callee } = node;
			if (visiting.has(node)) return true;
			if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier")
				return false;
			return (
				/^(?:from|alloc|allocUnsafe)$/u.test(callee.property.name) &&
				isBuiltIn(callee, `Buffer.${callee.property.name}`, scope)
			);
		}
		case "LogicalExpression":
			if (visiting.has(node.right)) return true;
			return isTypedArray(node.left, scope, visiting) && isTypedArray(node.right, scope, visiting);
		case "MemberExpression":
			return !node.computed && node.property.type === "Identifier"
				? isArrayField(node.property.name, scope, visiting)
				: false;
		case "Identifier":
			return isArrayName(scope.getBinding(node.name), visiting);
		default:
			return false;
	}
}

function isArrayName(binding: Binding | undefined, visiting: Visiting): boolean {
	if (!binding?.constant || !binding.path.isVariableDeclarator()) return false;
	if (visiting.has(binding)) return true;
	const { id, init } = binding.path.node;
	if (id.type !== "Identifier" || init === null || init === undefined) return false;
	return isTypedArray(init, binding.scope, new Set(visiting).add(binding));
}

/** Whether the file gives fields of that name nothing but typed arrays; that others do so too is taken for granted. */
function isArrayField(name: string, scope: Scope, visiting: Visiting): boolean {
	const key = `.${name}`;
	if (visiting.has(key)) return true;
	const given = valuesOfFields(scope.getProgramParent().path).get(name);
	const inside = new Set(visiting).add(key);
	return given?.every(([value, at]) => isTypedArray(value, at, inside)) === true;
}

const PLAIN = new Set(["=", "||=", "??=", "&&="]);

type Fields = ReadonlyMap<string, (readonly [t.Node, Scope])[]>;

const fieldsOf = new WeakMap<t.Node, Fields>();

/** What a file assigns to fields, by their names. */
function valuesOfFields(program: NodePath): Fields {
	const known = fieldsOf.get(program.node);
	if (known !== undefined) return known;
	const found = new Map<string, (readonly [t.Node, Scope])[]>();
	const add = (key: t.Node, value: t.Node | null | undefined, scope: Scope): void => {
		if (key.type !== "Identifier") return;
		const values = found.get(key.name) ?? [];
		found.set(key.name, [...values, [value ?? key, scope]]);
	};
	program.traverse({
		AssignmentExpression({ node: { left, right, operator }, scope }) {
			if (left.type === "MemberExpression" && !left.computed)
				add(left.property, PLAIN.has(operator) ? right : undefined, scope);
		},
		ObjectProperty({ node: { key, value, computed }, scope }) {
			if (!computed) add(key, value, scope);
		},
		ObjectMethod({ node: { key }, scope }) {
			add(key, undefined, scope);
		},
		ClassProperty({ node: { key, value }, scope }) {
			add(key, value, scope);
		},
	});
	fieldsOf.set(program.node, found);
	return found;
}
