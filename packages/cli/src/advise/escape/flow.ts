import type { Binding, NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import { isTestedByEngine, isTypedArrayConstructor } from "./built-in.ts";
import { functionOf, seesAtMost, staysWithin, usesArguments, usesEval } from "./functions.ts";
import { METHODS, type MethodEffect } from "./methods.ts";
import { isNoName, isNumeric, isTypedArray } from "./numeric.ts";

/** Where a value goes that does not stay within the function that made it. */
export type EscapeKind =
	| "returned"
	| "stored"
	| "captured"
	| "passed"
	| "yielded"
	| "thrown"
	| "posted"
	| "unknown";

export interface Escape {
	readonly kind: EscapeKind;
	/** What a reader should look at. */
	readonly text: string;
	readonly line: number;
	/** The expression whose value goes there. */
	readonly path: NodePath;
}

const MOST_STEPS = 5000;

/** Follows a value through one file. What it cannot follow counts as an escape. */
export class Flow {
	readonly escapes: Escape[] = [];
	/** Every place at which the value or an alias of it is used. */
	readonly uses: NodePath[] = [];
	/** Every name that may stand for it. */
	readonly bindings: Binding[] = [];
	/** Where it is read or written by a key that may be no number. */
	#readsByName: NodePath | undefined;
	#writesByName: NodePath | undefined;
	#seen = new Set<unknown>();
	#steps = 0;
	readonly #isBuffer: boolean;
	readonly #known: ReadonlySet<unknown>;

	/** `isBuffer`: the value is a `Buffer`, whose `slice` does not copy as that of typed arrays does. */
	constructor(allocation: NodePath, isBuffer: boolean) {
		this.#isBuffer = isBuffer;
		this.#known = new Set([allocation.node]);
	}

	/** Follows the value of an expression to where it is used. */
	follow(path: NodePath): void {
		if (this.#seen.has(path.node)) return;
		this.#seen.add(path.node);
		if (++this.#steps > MOST_STEPS)
			return void this.#escape("unknown", "used in too many places to follow", path);
		this.uses.push(path);
		const { parent, parentPath } = path;
		if (parentPath === null) return void this.#escape("unknown", "top level", path);
		switch (parent.type) {
			case "VariableDeclarator":
				return void this.#bind((parent as t.VariableDeclarator).id, parentPath);
			case "AssignmentExpression":
				return void this.#assigned(path, parent, parentPath);
			case "ExpressionStatement":
			case "UnaryExpression":
			case "UpdateExpression":
			case "IfStatement":
			case "WhileStatement":
			case "DoWhileStatement":
			case "ForStatement":
			case "SwitchStatement":
				return;
			case "SpreadElement":
				// Into an array or arguments elements are copied; into an object all properties.
				if (parentPath.parentPath?.isObjectExpression()) this.#readsByName = path;
				return;
			case "BinaryExpression":
				return void this.#compared(path, parent as t.BinaryExpression);
			case "ForOfStatement":
				// Elements of typed arrays are numbers; the array itself goes nowhere.
				if (path.key === "right" && !(parent as t.ForOfStatement).await) return;
				return void this.#escape("unknown", "a loop", path);
			case "TemplateLiteral":
				if (!parentPath.parentPath?.isTaggedTemplateExpression()) return;
				return void this.#escape("passed", "passed to the tag of a template", path);
			case "ConditionalExpression":
				if (path.key === "test") return;
				return void this.follow(parentPath);
			case "LogicalExpression":
			case "TSAsExpression":
			case "TSNonNullExpression":
			case "TSSatisfiesExpression":
			case "ParenthesizedExpression":
				return void this.follow(parentPath);
			case "SequenceExpression":
				if (path.key === (parent as t.SequenceExpression).expressions.length - 1) this.follow(parentPath);
				return;
			case "MemberExpression":
			case "OptionalMemberExpression":
				return void this.#member(path, parent, parentPath);
			case "CallExpression":
			case "NewExpression":
			case "OptionalCallExpression":
				return void this.#argument(path, parent as t.CallExpression, parentPath);
			case "ReturnStatement":
				return void this.#returned(path);
			case "ArrowFunctionExpression":
				if (path.key === "body") return void this.#returned(path);
				return void this.#escape("unknown", "a default value", path);
			case "YieldExpression":
				return void this.#escape("yielded", "yielded", path);
			case "AwaitExpression":
				return void this.follow(parentPath);
			case "ThrowStatement":
				return void this.#escape("thrown", "thrown", path);
			case "ObjectProperty":
			case "ArrayExpression":
				return void this.#escape("stored", "put into an object or array", path);
			case "ClassProperty":
			case "ClassPrivateProperty":
				return void this.#escape("stored", "kept in a field", path);
			default:
				return void this.#escape("unknown", `used in a way that is not followed (${parent.type})`, path);
		}
	}

	/** Follows whatever a name is used for. */
	followBinding(binding: Binding): void {
		if (this.#seen.has(binding)) return;
		this.#seen.add(binding);
		this.bindings.push(binding);
		if (binding.scope.path.isProgram()) {
			return void this.#escape("stored", `kept in the module's ${binding.identifier.name}`, binding.path);
		}
		const owner = binding.scope.getFunctionParent()?.path;
		if (owner?.isFunction()) {
			if (usesEval(owner)) return void this.#escape("unknown", "seen by eval", binding.path);
			if (binding.kind === "param" && usesArguments(owner)) {
				return void this.#escape("passed", "seen through `arguments`", binding.path);
			}
		}
		const home = binding.scope.getFunctionParent();
		for (const reference of binding.referencePaths) {
			if (!staysWithin(reference, home?.path.node)) {
				this.#escape("captured", "captured by a function that may outlive the call", reference);
				continue;
			}
			this.follow(reference);
		}
	}

	/** To be called at the end: what only all uses together show. */
	finish(): void {
		// A property that is no element stays with the array, and the next call would find it.
		if (this.#readsByName !== undefined && this.#writesByName !== undefined)
			this.#escape("unknown", "elements by keys that may be names", this.#writesByName);
	}

	#compared(path: NodePath, { operator, left, right }: t.BinaryExpression): void {
		if (operator === "in" && path.key === "right" && !isNumeric(left, path.scope, this.#known))
			this.#readsByName = path;
		if (operator === "instanceof" && path.key === "left" && !isTestedByEngine(right, path.scope))
			this.#escape("passed", "passed to what instanceof calls", path);
	}

	#bind(id: t.Node, declarator: NodePath): void {
		if (id.type !== "Identifier") {
			// Taking elements or `length` out of it copies numbers.
			if (id.type === "ArrayPattern") return;
			return void this.#escape("unknown", "taken apart", declarator);
		}
		const binding = declarator.scope.getBinding(id.name);
		if (binding === undefined) return void this.#escape("unknown", `bound to ${id.name}`, declarator);
		this.followBinding(binding);
	}

	#assigned(path: NodePath, parent: t.AssignmentExpression, parentPath: NodePath): void {
		if (path.key === "left") return;
		const { left, operator } = parent;
		// The assignment is itself an expression with that value.
		if (!parentPath.parentPath?.isExpressionStatement() && !isDropped(parentPath)) this.follow(parentPath);
		if (operator !== "=" && operator !== "||=" && operator !== "??=" && operator !== "&&=") return;
		if (left.type === "Identifier") {
			const binding = path.scope.getBinding(left.name);
			if (binding === undefined) return void this.#escape("stored", `kept in the global ${left.name}`, path);
			if (binding.scope.path.isProgram())
				return void this.#escape("stored", `kept in the module's ${left.name}`, path);
			const inside = binding.scope.getFunctionParent() === path.scope.getFunctionParent();
			if (!inside) return void this.#escape("captured", `kept in ${left.name} of an outer function`, path);
			return void this.followBinding(binding);
		}
		// An element of a typed array is a number, whatever is assigned to it.
		const isElement = left.type === "MemberExpression" && left.computed;
		if (
			isElement &&
			isNumeric(left.property, path.scope, this.#known) &&
			isTypedArray(left.object, path.scope, this.#known)
		)
			return;
		this.#escape("stored", `kept in ${sourceOf(left)}`, path);
	}

	#member(path: NodePath, parent: t.Node, parentPath: NodePath): void {
		const { object, property, computed } = parent as t.MemberExpression;
		if (path.node !== object) return;
		if (computed) return void this.#element(path, property, parentPath);
		const name = property.type === "Identifier" ? property.name : "";
		const call = parentPath.parentPath;
		if (call?.isCallExpression() && call.node.callee === parent) return void this.#method(name, call, path);
		if (name === "length" || name === "byteLength" || name === "byteOffset" || name === "BYTES_PER_ELEMENT")
			return;
		if (name === "buffer") return void this.follow(parentPath);
		this.#escape("unknown", `its property ${name}`, path);
	}

	/** An index gives a number, and writing to one keeps nothing but a number; another key may be any name. */
	#element(path: NodePath, key: t.Node, member: NodePath): void {
		if (key.type === "StringLiteral" || isCallee(member))
			return void this.#escape("unknown", "a computed property", path);
		if (isNumeric(key, path.scope, this.#known)) return;
		const use = useOf(member);
		if (use !== "read") this.#writesByName = path;
		if (use === "written") return;
		this.#readsByName = path;
		if (use === "read" && !isNoName(key, path.scope, this.#known)) this.follow(member);
	}

	#method(name: string, call: NodePath<t.CallExpression>, path: NodePath): void {
		const kind = name === "slice" ? this.#slice() : Object.hasOwn(METHODS, name) && METHODS[name];
		if (!kind) {
			return void this.#escape("passed", `its method ${name} is not known to let go of it`, path);
		}
		if (kind === "alias") this.follow(call);
		else if (
			kind === "callback" &&
			!seesAtMost(name === "reduce" || name === "reduceRight" ? 3 : 2, call.get("arguments")[0])
		)
			this.#escape("passed", `passed on by ${name}`, path);
	}

	#slice(): MethodEffect {
		return this.#isBuffer ? "alias" : "copy";
	}

	#argument(path: NodePath, parent: t.CallExpression, parentPath: NodePath): void {
		if (path.key === "callee") return;
		const { callee } = parent;
		const index = parent.arguments.indexOf(path.node as t.Expression);
		if (parentPath.isNewExpression()) return void this.#constructed(path, parent, parentPath, index);
		if (callee.type === "MemberExpression" && callee.property.type === "Identifier" && !callee.computed) {
			const { name } = callee.property;
			if (name === "postMessage") return void this.#escape("posted", "posted to another thread", path);
			// `target.set(source)` and `source.copy(target)` copy the bytes.
			if (
				(name === "set" || name === "copy" || name === "compare" || name === "equals") &&
				index === 0 &&
				this.#isOwnTypedArray(callee.object as t.Expression, parentPath)
			)
				return;
			return void this.#escape("passed", `passed to ${sourceOf(callee)}`, path);
		}
		if (callee.type !== "Identifier") return void this.#escape("passed", "passed to a function", path);
		const binding = parentPath.scope.getBinding(callee.name);
		const target = binding && functionOf(binding);
		if (target === undefined) return void this.#escape("passed", `passed to ${callee.name}`, path);
		this.#intoParameter(target, index, callee.name, path, parentPath);
	}

	#intoParameter(
		target: NodePath<t.Function>,
		index: number,
		name: string,
		path: NodePath,
		call: NodePath,
	): void {
		const { params, async, generator } = target.node;
		if (async || generator)
			return void this.#escape("passed", `passed to ${name}, which does not end at once`, path);
		if (params.some((parameter, at) => parameter.type === "RestElement" && at <= index)) {
			return void this.#escape("passed", `passed to ${name}, which gathers its arguments`, path);
		}
		const spread = (call.node as t.CallExpression).arguments
			.slice(0, index)
			.some(({ type }) => type === "SpreadElement");
		if (spread) return void this.#escape("passed", `passed to ${name} behind a spread`, path);
		if (usesArguments(target) || usesEval(target))
			return void this.#escape("passed", `passed to ${name}, which uses \`arguments\` or eval`, path);
		let parameter: t.Node | undefined = params[index];
		if (parameter?.type === "AssignmentPattern") parameter = parameter.left;
		if (parameter === undefined) return;
		if (parameter.type !== "Identifier") return void this.#escape("unknown", `taken apart by ${name}`, path);
		const binding = target.scope.getBinding(parameter.name);
		if (binding === undefined) return void this.#escape("unknown", `passed to ${name}`, path);
		const [seen, returns] = [this.#seen, this.#returns];
		if (returns.some((outer) => outer.target.node === target.node)) {
			return void this.#escape("passed", `passed on by ${name} to itself`, path);
		}
		// Each call is followed anew: what the function returns goes elsewhere from each.
		this.#seen = new Set();
		this.#returns = [...returns, { target, call }];
		this.followBinding(binding);
		[this.#seen, this.#returns] = [seen, returns];
	}

	/** Functions of the file that are being followed into, with the call whose value is what they return. */
	#returns: readonly { readonly target: NodePath; readonly call: NodePath }[] = [];

	#returned(path: NodePath): void {
		const owner = path.getFunctionParent();
		const into = this.#returns.find(({ target }) => target.node === owner?.node);
		if (into === undefined) return void this.#escape("returned", "returned", path);
		this.follow(into.call);
	}

	/** A typed array or `DataView` made of the memory is another name for it; made of a typed array it is a copy. */
	#constructed(path: NodePath, parent: t.CallExpression, parentPath: NodePath, index: number): void {
		const name = parent.callee.type === "Identifier" ? parent.callee.name : "";
		const isGlobal = !parentPath.scope.hasBinding(name, true);
		if (
			index === 0 &&
			isGlobal &&
			/^(?:DataView|(?:Big)?(?:Ui|I)nt\d+(?:Clamped)?Array|Float\d+Array)$/u.test(name)
		) {
			return void this.follow(parentPath);
		}
		this.#escape("passed", `passed to new ${sourceOf(parent.callee)}`, path);
	}

	/** Whether an expression is a name for memory that is being followed, or a fresh typed array. */
	#isOwnTypedArray(object: t.Expression, at: NodePath): boolean {
		if (object.type !== "Identifier") return false;
		const binding = at.scope.getBinding(object.name);
		const init = binding?.path.isVariableDeclarator() ? binding.path.node.init : undefined;
		return (
			binding?.constant === true &&
			init?.type === "NewExpression" &&
			isTypedArrayConstructor(init.callee, at.scope)
		);
	}

	#escape(kind: EscapeKind, text: string, path: NodePath): void {
		this.escapes.push({ kind, text, line: path.node.loc?.start.line ?? 0, path });
	}
}

function isDropped(path: NodePath): boolean {
	const { parentPath } = path;
	if (parentPath === null) return false;
	if (parentPath.isForStatement()) return path.key === "init" || path.key === "update";
	if (!parentPath.isSequenceExpression()) return false;
	const last = parentPath.node.expressions.length - 1;
	return (
		path.key !== last || parentPath.parentPath?.isExpressionStatement() === true || isDropped(parentPath)
	);
}

/** What is done to an element; a change whose outcome nobody sees is a write alone. */
function useOf(member: NodePath): "read" | "written" | "changed" {
	const { parentPath: parent } = member;
	if (parent?.isUpdateExpression() || (parent?.isAssignmentExpression() && member.key === "left")) {
		if (parent.isAssignmentExpression({ operator: "=" })) return "written";
		return parent.parentPath.isExpressionStatement() || isDropped(parent) ? "written" : "changed";
	}
	const isTarget =
		parent?.isArrayPattern() ||
		parent?.isRestElement() ||
		(parent?.isAssignmentPattern() && member.key === "left") ||
		(parent?.isForXStatement() && member.key === "left") ||
		(parent?.isObjectProperty() && parent.parentPath.isObjectPattern() && member.key === "value");
	return isTarget ? "written" : "read";
}

function isCallee(path: NodePath): boolean {
	return path.key === "callee" || path.key === "tag";
}

function sourceOf(node: t.Node): string {
	if (node.type === "Identifier") return node.name;
	if (node.type === "ThisExpression") return "this";
	if (node.type === "MemberExpression") {
		const { object, property, computed } = node;
		if (computed) return `${sourceOf(object)}[…]`;
		if (property.type === "PrivateName") return `${sourceOf(object)}.#${property.id.name}`;
		return `${sourceOf(object)}.${sourceOf(property)}`;
	}
	return "…";
}
