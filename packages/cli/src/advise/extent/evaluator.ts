import type * as t from "@babel/types";
import { isTestedByEngine } from "../escape/built-in.ts";
import { Calls } from "./calls.ts";
import { type Frame, isThing, NotFollowed, OUTSIDE, TEXT, type Thing, type Values } from "./values.ts";
import { ANY } from "./world.ts";

const NONE: Values = new Set();
const OUT: Values = new Set([OUTSIDE]);
const WORDS: Values = new Set([TEXT]);
const OF_MEMORY = /^(?:length|byteLength|byteOffset|BYTES_PER_ELEMENT)$/u;
const KEPT = new Set(["=", "||=", "??=", "&&="]);

/** What expressions give. */
export abstract class Evaluator extends Calls {
	protected evaluate(node: t.Node, frame: Frame): Values {
		this.step();
		switch (node.type) {
			case "NumericLiteral":
			case "BigIntLiteral":
				return NONE;
			case "StringLiteral":
			case "BooleanLiteral":
			case "NullLiteral":
				return WORDS;
			case "RegExpLiteral":
			case "MetaProperty":
			case "Import":
			case "Super":
				return OUT;
			case "Identifier":
				return this.#name(node, frame);
			case "ThisExpression":
				return this.#this(frame);
			case "ParenthesizedExpression":
			case "TSAsExpression":
			case "TSNonNullExpression":
			case "TSSatisfiesExpression":
				return this.evaluate(node.expression, frame);
			case "TemplateLiteral":
				for (const part of node.expressions) this.convert(this.evaluate(part, frame), frame);
				return WORDS;
			case "TaggedTemplateExpression": {
				const given = node.quasi.expressions.map((part) => this.evaluate(part, frame));
				return this.callAll(this.evaluate(node.tag, frame), OUT, [OUT, ...given], frame);
			}
			case "SequenceExpression":
				return node.expressions.map((one) => this.evaluate(one, frame)).at(-1) ?? NONE;
			case "ConditionalExpression":
				this.evaluate(node.test, frame);
				return union(this.evaluate(node.consequent, frame), this.evaluate(node.alternate, frame));
			case "LogicalExpression":
				return union(this.evaluate(node.left, frame), this.evaluate(node.right, frame));
			case "UnaryExpression":
				if (!/^[-+~]$/u.test(node.operator)) {
					this.evaluate(node.argument, frame);
					return node.operator === "void" ? NONE : WORDS;
				}
				this.convert(this.evaluate(node.argument, frame), frame);
				return NONE;
			case "UpdateExpression":
				this.convert(this.evaluate(node.argument, frame), frame);
				this.assign(node.argument, NONE, frame);
				return NONE;
			case "BinaryExpression":
				return this.#binary(node, frame);
			case "AssignmentExpression":
				return this.#assignment(node, frame);
			case "MemberExpression":
			case "OptionalMemberExpression":
				return this.#member(node, frame);
			case "CallExpression":
			case "OptionalCallExpression":
				return this.call(node, frame);
			case "NewExpression":
				return this.construct(node, frame);
			case "ArrayExpression":
				return this.#array(node, frame);
			case "ObjectExpression":
				return this.#object(node, frame);
			case "FunctionExpression":
			case "ArrowFunctionExpression":
				return new Set([this.closure(node, frame)]);
			case "ClassExpression":
				return new Set([this.classOf(node, frame)]);
			case "AwaitExpression":
			case "YieldExpression": {
				const given = node.argument ? this.evaluate(node.argument, frame) : NONE;
				this.handOut(given);
				return union(OUT, given);
			}
			default:
				throw new NotFollowed(`its file has a ${node.type}, which is not followed`);
		}
	}

	#name(node: t.Identifier, frame: Frame): Values {
		if (node.name === "undefined") return NONE;
		const binding = this.bindings.get(node);
		if (binding === undefined) return OUT;
		return this.variable(binding, frame);
	}

	/** Arrow functions have that of their surroundings. */
	#this(frame: Frame): Values {
		let at: Frame | undefined = frame;
		while (at?.code?.isArrowFunctionExpression()) at = at.parent;
		return at?.code === undefined ? OUT : at.self;
	}

	#binary({ operator, left, right }: t.BinaryExpression, frame: Frame): Values {
		const a = left.type === "PrivateName" ? NONE : this.evaluate(left, frame);
		const b = this.evaluate(right, frame);
		if (operator === "instanceof") {
			const scope = this.scopes.get(right);
			if (scope !== undefined && isTestedByEngine(right, scope)) return WORDS;
			if (right.type === "Identifier" && !this.bindings.has(right) && /Error$/u.test(right.name))
				return WORDS;
			for (const one of b) if (!isThing(one) || one.fields.size > 1 || one.isOut) this.handOut(a);
			return WORDS;
		}
		if (operator === "in") {
			if (a.size > 0) for (const one of b) if (isThing(one)) one.isReadByName = true;
			return WORDS;
		}
		if (operator === "===" || operator === "!==") return WORDS;
		this.convert(a, frame);
		this.convert(b, frame);
		if (operator === "+") return a.size > 0 || b.size > 0 ? WORDS : NONE;
		return /^[!=<>]=?=?$/u.test(operator) ? WORDS : NONE;
	}

	#assignment({ operator, left, right }: t.AssignmentExpression, frame: Frame): Values {
		const given = this.evaluate(right, frame);
		if (KEPT.has(operator)) {
			this.assign(left, given, frame);
			return operator === "=" ? given : union(given, this.evaluate(left, frame));
		}
		const before = this.evaluate(left, frame);
		this.convert(before, frame);
		this.convert(given, frame);
		const result = operator === "+=" && (before.size > 0 || given.size > 0) ? WORDS : NONE;
		this.assign(left, result, frame);
		return result;
	}

	/** The name of a property; of any that is not written there. */
	protected keyOf(member: t.MemberExpression | t.OptionalMemberExpression, frame: Frame): string {
		const { property, computed } = member;
		if (property.type === "PrivateName") return `#${property.id.name}`;
		const name = !computed && property.type === "Identifier" ? property.name : undefined;
		// Of a function: what its present call was given, and who called it.
		if (name === "arguments" || name === "caller")
			throw new NotFollowed(`its file reads ${name} of a function`);
		if (name !== undefined) return name;
		if (property.type === "StringLiteral") return property.value;
		if (property.type === "NumericLiteral") return String(property.value);
		this.convert(this.evaluate(property, frame), frame);
		return ANY;
	}

	#member(node: t.MemberExpression | t.OptionalMemberExpression, frame: Frame): Values {
		const objects = node.object.type === "Super" ? OUT : this.evaluate(node.object, frame);
		const key = this.keyOf(node, frame);
		const others: Values = new Set();
		const found: Values = new Set();
		for (const one of objects) {
			if (!isThing(one) || one.kind !== "memory") others.add(one);
			else for (const value of this.#ofMemory(one, key, node, frame)) found.add(value);
		}
		for (const value of this.read(others, key, frame)) found.add(value);
		return found;
	}

	#ofMemory(
		memory: Thing,
		key: string,
		node: t.MemberExpression | t.OptionalMemberExpression,
		frame: Frame,
	): Values {
		if (key !== ANY && node.property.type !== "NumericLiteral") {
			if (OF_MEMORY.test(key)) return NONE;
			if (key === "buffer") return new Set([memory]);
			memory.isReadByName = true;
			this.handOut([memory]);
			return OUT;
		}
		if (this.#isIndex(node, frame)) return NONE;
		memory.isReadByName = true;
		return union(new Set([memory]), this.read(new Set([memory]), key, frame));
	}

	/** Whether the key of a property is a number, so that of a typed array it names an element. */
	#isIndex({ property }: t.MemberExpression | t.OptionalMemberExpression, frame: Frame): boolean {
		return property.type !== "PrivateName" && this.evaluate(property, frame).size === 0;
	}

	/** Gives values to a name, a property or a pattern. */
	protected assign(pattern: t.Node, given: Values, frame: Frame): void {
		switch (pattern.type) {
			case "Identifier": {
				const binding = this.bindings.get(pattern);
				if (binding === undefined) this.handOut(given);
				else this.join(this.variable(binding, frame), given);
				return;
			}
			case "MemberExpression":
				this.#assignMember(pattern, given, frame);
				return;
			case "AssignmentPattern":
				this.assign(pattern.left, union(given, this.evaluate(pattern.right, frame)), frame);
				return;
			case "ArrayPattern": {
				const elements = this.elementsOf(given, frame);
				for (const one of pattern.elements) {
					if (one?.type === "RestElement") {
						const rest = this.make("array", one, frame);
						this.join(this.slot(rest, ANY), elements);
						this.assign(one.argument, new Set([rest]), frame);
					} else if (one) this.assign(one, elements, frame);
				}
				return;
			}
			case "ObjectPattern":
				this.#takeApart(pattern, given, frame);
				return;
			case "ParenthesizedExpression":
			case "TSAsExpression":
			case "TSNonNullExpression":
				this.assign(pattern.expression, given, frame);
				return;
			default:
				throw new NotFollowed(`its file gives values to a ${pattern.type}, which is not followed`);
		}
	}

	#assignMember(pattern: t.MemberExpression, given: Values, frame: Frame): void {
		const objects = pattern.object.type === "Super" ? OUT : this.evaluate(pattern.object, frame);
		const key = this.keyOf(pattern, frame);
		const others: Values = new Set();
		for (const one of objects) {
			if (!isThing(one) || one.kind !== "memory") {
				others.add(one);
				continue;
			}
			if (pattern.property.type === "NumericLiteral" || (key === ANY && this.#isIndex(pattern, frame))) {
				this.convert(given, frame);
				continue;
			}
			one.isWrittenByName = true;
			this.write(new Set([one]), key, given, frame);
		}
		this.write(others, key, given, frame);
	}

	#takeApart({ properties }: t.ObjectPattern, given: Values, frame: Frame): void {
		for (const value of given) if (isThing(value) && value.kind === "memory") this.handOut([value]);
		for (const one of properties) {
			if (one.type === "RestElement") {
				const rest = this.make("object", one, frame);
				this.copyFields(rest, given, frame);
				this.assign(one.argument, new Set([rest]), frame);
			} else {
				this.assign(one.value, this.read(given, this.#propertyName(one, frame), frame), frame);
			}
		}
	}

	#propertyName(
		{ key, computed }: t.ObjectProperty | t.ObjectMethod | t.ClassMethod | t.ClassProperty,
		frame: Frame,
	): string {
		if (!computed && key.type === "Identifier") return key.name;
		if (key.type === "StringLiteral" || key.type === "NumericLiteral") return String(key.value);
		if (key.type !== "PrivateName") this.convert(this.evaluate(key, frame), frame);
		return ANY;
	}

	protected copyFields(into: Thing, from: Values, frame: Frame): void {
		for (const value of from) {
			if (!isThing(value)) {
				this.join(this.slot(into, ANY), [value]);
				continue;
			}
			if (value.kind === "memory") value.isReadByName = true;
			if (value.isOut) this.join(this.slot(into, ANY), OUT);
			for (const key of value.fields.keys()) {
				const name = key.replace(/^[gs]et:/u, "");
				this.join(this.slot(into, name), this.read(new Set([value]), name, frame));
			}
		}
	}

	#array(node: t.ArrayExpression, frame: Frame): Values {
		const array = this.make("array", node, frame);
		for (const one of node.elements) {
			if (one === null) continue;
			const given =
				one.type === "SpreadElement"
					? this.elementsOf(this.evaluate(one.argument, frame), frame)
					: this.evaluate(one, frame);
			this.join(this.slot(array, ANY), given);
		}
		return new Set([array]);
	}

	#object(node: t.ObjectExpression, frame: Frame): Values {
		const object = this.make("object", node, frame);
		for (const one of node.properties) {
			if (one.type === "SpreadElement") {
				this.copyFields(object, this.evaluate(one.argument, frame), frame);
			} else if (one.type === "ObjectMethod") {
				const name = this.#propertyName(one, frame);
				const prefix = one.kind === "method" ? "" : `${one.kind}:`;
				this.join(this.slot(object, `${prefix}${name}`), [this.closure(one, frame)]);
			} else {
				const name = this.#propertyName(one, frame);
				const given = this.evaluate(one.value, frame);
				this.join(this.slot(object, name), given);
				if (name === "__proto__") this.join(object.parents, given);
			}
		}
		return new Set([object]);
	}

	/** A function of the file, with what it sees. */
	protected closure(node: t.Node, frame: Frame): Thing {
		const made = this.make("function", node, frame);
		const path = this.paths.get(node);
		if (path?.isFunctionExpression() || path?.isFunctionDeclaration()) this.#prototypeOf(made, node, frame);
		return made;
	}

	#prototypeOf(made: Thing, node: t.Node, frame: Frame): Thing {
		const prototype = this.make("object", node, frame, "prototype");
		this.join(this.slot(made, "prototype"), [prototype]);
		return prototype;
	}

	protected classOf(node: t.ClassExpression | t.ClassDeclaration, frame: Frame): Thing {
		const made = this.make("function", node, frame);
		const prototype = this.#prototypeOf(made, node, frame);
		if (node.superClass) {
			this.handOut(this.evaluate(node.superClass, frame));
			this.join(prototype.parents, OUT);
			this.join(made.parents, OUT);
		}
		if (node.id) {
			const binding = this.paths.get(node)?.scope.getOwnBinding(node.id.name);
			if (binding !== undefined) this.join(this.variable(binding, frame), [made]);
		}
		for (const member of node.body.body) {
			const home = "static" in member && member.static ? made : prototype;
			if (member.type === "ClassMethod" || member.type === "ClassPrivateMethod") {
				if (member.kind === "constructor") continue;
				const prefix = member.kind === "method" ? "" : `${member.kind}:`;
				const name =
					member.type === "ClassPrivateMethod" ? `#${member.key.id.name}` : this.#propertyName(member, frame);
				this.join(this.slot(home, `${prefix}${name}`), [this.closure(member, frame)]);
			} else if (member.type === "ClassProperty" || member.type === "ClassPrivateProperty") {
				if (!member.static) continue;
				const given = this.fieldValue(member, frame);
				this.join(this.slot(made, this.memberName(member)), given);
			} else throw new NotFollowed(`its file has a ${member.type}, which is not followed`);
		}
		return made;
	}

	protected memberName(member: t.ClassProperty | t.ClassPrivateProperty): string {
		if (member.type === "ClassPrivateProperty") return `#${member.key.id.name}`;
		return this.#propertyName(member, this.module);
	}

	/** In the initial value of a field `this` is the instance, whose class is known too rarely: such a one is not followed. */
	protected fieldValue(member: t.ClassProperty | t.ClassPrivateProperty, home: Frame): Values {
		if (!member.value) return NONE;
		const type = member.value.type;
		if (/Literal$/u.test(type)) return this.evaluate(member.value, home);
		if (
			(type === "NewExpression" || type === "ArrayExpression" || type === "ObjectExpression") &&
			!/\bthis\b/u.test(this.textOf(member.value))
		)
			return this.evaluate(member.value, home);
		throw new NotFollowed("its file has a class with a field whose first value is not followed");
	}

	protected textOf({ start, end }: t.Node): string {
		return this.source.text.slice(start as number, end as number);
	}
}

function union(a: Values, b: Values): Values {
	if (b.size === 0) return a;
	if (a.size === 0) return b;
	return new Set([...a, ...b]);
}
