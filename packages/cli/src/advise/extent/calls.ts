import type { NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import { isBuiltIn, isTypedArrayConstructor } from "../escape/built-in.ts";
import { METHODS } from "../escape/methods.ts";
import {
	ANOTHER,
	ASKING,
	CALLING,
	CONVERSION,
	COPIES,
	ERROR,
	NUMBERING,
	OF_OBJECTS,
	SAME,
	TAKING,
} from "./engine-methods.ts";
import { type Frame, isThing, OUTSIDE, TEXT, type Thing, type Value, type Values } from "./values.ts";
import { ANY, World } from "./world.ts";

const NONE: Values = new Set();

/** What calls do. */
export abstract class Calls extends World {
	protected abstract evaluate(node: t.Node, frame: Frame): Values;
	protected abstract assign(pattern: t.Node, given: Values, frame: Frame): void;

	protected call(node: t.CallExpression | t.OptionalCallExpression, frame: Frame): Values {
		const { callee } = node;
		if (callee.type === "Import" || callee.type === "Super") {
			return this.#unknown(this.#given(node, frame), frame);
		}
		if (callee.type === "MemberExpression" || callee.type === "OptionalMemberExpression") {
			return this.#callMember(node, callee, frame);
		}
		const given = this.#given(node, frame);
		if (callee.type === "Identifier" && !this.bindings.has(callee) && CONVERSION.test(callee.name)) {
			for (const one of given) this.convert(one, frame);
			return /^(?:String|Boolean|is\w+)$/u.test(callee.name) ? new Set([TEXT]) : NONE;
		}
		return this.callAll(this.evaluate(callee, frame), new Set([OUTSIDE]), given, frame);
	}

	#callMember(
		node: t.CallExpression | t.OptionalCallExpression,
		callee: t.MemberExpression | t.OptionalMemberExpression,
		frame: Frame,
	): Values {
		const { object, property, computed } = callee;
		const scope = this.scopes.get(node);
		const name = !computed && property.type === "Identifier" ? property.name : undefined;
		if (object.type === "Identifier" && !this.bindings.has(object) && object.name === "Math") {
			for (const one of this.#given(node, frame)) this.convert(one, frame);
			return NONE;
		}
		if (object.type === "Identifier" && !this.bindings.has(object) && object.name === "String") {
			for (const one of this.#given(node, frame)) this.convert(one, frame);
			return new Set([TEXT]);
		}
		if (
			name !== undefined &&
			/^alloc/u.test(name) &&
			scope !== undefined &&
			isBuiltIn(callee, `Buffer.${name}`, scope)
		) {
			for (const one of this.#given(node, frame)) this.convert(one, frame);
			return new Set([this.make("memory", node, frame)]);
		}
		const self =
			object.type === "Super" ? new Set<Value>([OUTSIDE, ...frame.self]) : this.evaluate(object, frame);
		if (object.type === "Super") this.handOut(frame.self);
		const given = this.#given(node, frame);
		const result: Values = new Set();
		for (const one of self) {
			for (const value of this.#method(one, name, callee, given, node, frame)) result.add(value);
		}
		// A method of a number or a text, which the program may have added.
		if ((self.size > 0 || this.isSettled) && [...self].every((one) => one === TEXT)) {
			for (const one of given) this.handOut(one);
			if (name === undefined || !NUMBERING.test(name)) result.add(OUTSIDE);
		}
		return result;
	}

	#method(
		self: Value,
		name: string | undefined,
		callee: t.MemberExpression | t.OptionalMemberExpression,
		given: readonly Values[],
		node: t.Node,
		frame: Frame,
	): Values {
		const only = new Set<Value>([self]);
		if (self === TEXT) return NONE;
		if (self === OUTSIDE) return this.#unknown(given, frame);
		if (self.kind === "memory" && name !== undefined && !self.fields.has(name)) {
			return this.#ofMemory(self, name, given, node, frame);
		}
		if (self.kind === "array" && name !== undefined && !self.fields.has(name)) {
			return this.#ofArray(self, name, given, node, frame);
		}
		if (self.kind === "memory" || (self.kind === "array" && name === undefined)) {
			this.handOut(only);
			return this.#unknown(given, frame);
		}
		if (self.kind === "function" && name === "call") {
			return this.callAll(only, given[0] ?? NONE, given.slice(1), frame);
		}
		const key = this.keyOf(callee, frame);
		const found = this.read(only, key, frame);
		if (name !== undefined && OF_OBJECTS.test(name)) {
			for (const one of given) this.convert(one, frame);
			return new Set([TEXT, ...this.callAll(found, only, given, frame)]);
		}
		if (found.size === 0) {
			this.handOut(only);
			return this.#unknown(given, frame);
		}
		return this.callAll(found, only, given, frame);
	}

	#ofMemory(self: Thing, name: string, given: readonly Values[], node: t.Node, frame: Frame): Values {
		const isBuffer = self.node.type === "CallExpression";
		const kind =
			name === "slice"
				? isBuffer
					? "alias"
					: "copy"
				: Object.hasOwn(METHODS, name)
					? METHODS[name]
					: undefined;
		if (kind === undefined) {
			this.handOut([self]);
			return this.#unknown(given, frame);
		}
		// What `set` and `copy` are given is read or written, and not kept, where it is memory; all else may run code.
		if (kind !== "callback" && name !== "sort" && name !== "toSorted") {
			for (const one of given) this.#lend(one, frame);
		} else {
			const [callback = NONE, bound = NONE] = given;
			this.handOut(bound);
			const all: Values = new Set(kind === "callback" ? [self] : []);
			this.callAll(callback, new Set([OUTSIDE, ...bound]), [NONE, NONE, all, all], frame);
		}
		if (COPIES.test(name) && kind !== "alias") return new Set([this.make("memory", node, frame, name)]);
		if (kind === "alias") return new Set([self]);
		// Numbers, but for texts, what a callback found, and what is made of it.
		return /^(?:get|set|read|write|fill|copy|indexOf|lastIndexOf|at$|compare$)/u.test(name)
			? NONE
			: new Set([OUTSIDE]);
	}

	#ofArray(self: Thing, name: string, given: readonly Values[], node: t.Node, frame: Frame): Values {
		const only = new Set<Value>([self]);
		const elements = this.read(only, ANY, frame);
		if (name === "push" || name === "unshift" || name === "splice" || name === "fill" || name === "with") {
			for (const one of given) this.write(only, ANY, one, frame);
			if (name === "push" || name === "unshift") return NONE;
		} else if (name === "concat") {
			for (const one of given) for (const value of one) if (value === OUTSIDE) elements.add(OUTSIDE);
			for (const one of given)
				for (const value of [...one, ...this.read(one, ANY, frame)]) elements.add(value);
		} else if (name === "join" || name === "toString") {
			this.convert(elements, frame);
			return new Set([TEXT]);
		} else if (CALLING.test(name)) {
			const [callback = NONE, bound = NONE] = given;
			const results = this.callAll(
				callback,
				new Set([OUTSIDE, ...bound]),
				[elements, /sort|Sorted/u.test(name) ? elements : NONE, only],
				frame,
			);
			this.handOut(bound);
			if (name === "map") {
				const mapped = this.make("array", node, frame);
				this.join(this.slot(mapped, ANY), results);
				return new Set([mapped]);
			}
		} else if (!TAKING.test(name) && !SAME.test(name) && !ANOTHER.test(name) && !ASKING.test(name)) {
			this.handOut(only);
			return this.#unknown(given, frame);
		}
		if (/^(?:some|every|includes)$/u.test(name)) return new Set([TEXT]);
		if (name === "keys") return new Set([OUTSIDE]);
		if (TAKING.test(name)) return elements;
		if (SAME.test(name)) return only;
		if (!ANOTHER.test(name)) return NONE;
		const other = this.make("array", node, frame);
		this.join(this.slot(other, ANY), elements);
		if (name === "flat") this.join(this.slot(other, ANY), this.read(elements, ANY, frame));
		return new Set([other]);
	}

	protected construct(node: t.NewExpression, frame: Frame): Values {
		const { callee } = node;
		const scope = this.scopes.get(node);
		const given = this.#given(node, frame);
		const global = callee.type === "Identifier" && !this.bindings.has(callee) ? callee.name : "";
		if (
			scope !== undefined &&
			(isTypedArrayConstructor(callee, scope) || /^(?:ArrayBuffer|DataView)$/u.test(global))
		) {
			const made = this.make("memory", node, frame);
			const result: Values = new Set([made]);
			for (const one of given)
				for (const value of one) {
					// The memory of somebody else.
					if (value === OUTSIDE) this.handOut([made]);
					else if (isThing(value) && value.kind === "memory") result.add(value);
					else this.#lend(new Set([value]), frame);
				}
			return result;
		}
		if (ERROR.test(global)) {
			for (const one of given) this.#lend(one, frame);
			return new Set([this.make("object", node, frame)]);
		}
		if (global === "Array") {
			const made = this.make("array", node, frame);
			for (const one of given) this.join(this.slot(made, ANY), one);
			return new Set([made]);
		}
		const classes = this.evaluate(callee, frame);
		const made = this.make("object", node, frame);
		const result: Values = new Set([made]);
		for (const one of classes) {
			if (one === TEXT) continue;
			if (one === OUTSIDE || one.kind !== "function") {
				for (const value of this.#unknown(given, frame)) result.add(value);
				continue;
			}
			const parents = this.read(new Set([one]), "prototype", frame);
			this.join(made.parents, parents);
			if (parents.has(OUTSIDE)) this.handOut([made]);
			for (const value of this.#construct(one, made, given, frame)) result.add(value);
		}
		return result;
	}

	/** Runs a constructor; an object that it returns takes the place of what was made. */
	#construct(one: Thing, made: Thing, given: readonly Values[], frame: Frame): Values {
		const self = new Set<Value>([made]);
		const { node } = one;
		if (node.type !== "ClassDeclaration" && node.type !== "ClassExpression")
			return this.callAll(new Set([one]), self, given, frame);
		// What it inherits is not followed.
		if (node.superClass) this.handOut([made]);
		let returned = NONE;
		for (const member of node.body.body) {
			if (member.type === "ClassMethod" && member.kind === "constructor") {
				returned = this.callAll(new Set([this.make("function", member, one.frame)]), self, given, frame);
			} else if (
				(member.type === "ClassProperty" || member.type === "ClassPrivateProperty") &&
				!member.static
			) {
				this.write(self, this.memberName(member), this.fieldValue(member, one.frame), frame);
			}
		}
		if (node.superClass) for (const value of given) this.handOut(value);
		return returned;
	}

	protected abstract memberName(member: t.ClassProperty | t.ClassPrivateProperty): string;
	protected abstract fieldValue(member: t.ClassProperty | t.ClassPrivateProperty, home: Frame): Values;

	protected override callAll(
		callees: Values,
		self: Values,
		given: readonly Values[],
		frame: Frame | undefined,
	): Values {
		const result: Values = new Set();
		for (const callee of [...callees]) {
			if (callee === TEXT) continue;
			const path = callee === OUTSIDE ? undefined : this.paths.get(callee.node);
			// Whoever calls what is no function gets an error.
			if (callee !== OUTSIDE && callee.kind !== "function" && !callee.isOut) continue;
			if (callee === OUTSIDE || !path?.isFunction()) {
				this.handOut(self);
				for (const one of given) this.handOut(one);
				result.add(OUTSIDE);
				continue;
			}
			const { async, generator } = path.node;
			if (async || generator) {
				// It goes on when others call it to.
				this.handOut([callee]);
				this.handOut(self);
				for (const one of given) this.handOut(one);
				result.add(OUTSIDE);
				continue;
			}
			for (const value of this.enter(callee, path, self, given, frame)) result.add(value);
		}
		return result;
	}

	/** Notes a call of a function of the file; its body is looked at in its turn. */
	protected enter(
		callee: Thing,
		path: NodePath<t.Function>,
		self: Values,
		given: readonly Values[],
		caller: Frame | undefined,
	): Values {
		this.step();
		const frame = this.frameOf(callee, caller);
		this.join(frame.self, self);
		for (const [at, parameter] of path.node.params.entries()) {
			if (parameter.type === "RestElement") {
				const rest = this.make("array", parameter, frame);
				for (const one of given.slice(at)) this.join(this.slot(rest, ANY), one);
				this.assign(parameter.argument, new Set([rest]), frame);
			} else this.assign(parameter, given[at] ?? NONE, frame);
		}
		return frame.returned;
	}

	/** Lends values to code of the engine's that may call them, or methods that they have, and keeps nothing else. */
	#lend(values: Values, frame: Frame): void {
		const others = new Set<Value>();
		for (const value of values) if (isThing(value) && value.kind !== "memory") others.add(value);
		this.handOut(others);
		this.convert(others, frame);
	}

	#unknown(given: readonly Values[], _frame: Frame): Values {
		for (const one of given) this.handOut(one);
		return new Set([OUTSIDE]);
	}

	#given(node: t.CallExpression | t.OptionalCallExpression | t.NewExpression, frame: Frame): Values[] {
		const given: Values[] = [];
		let behindSpread: Values | undefined;
		for (const argument of node.arguments) {
			if (argument.type === "SpreadElement") {
				behindSpread ??= new Set();
				for (const value of this.elementsOf(this.evaluate(argument.argument, frame), frame))
					behindSpread.add(value);
			} else if (behindSpread !== undefined) {
				for (const value of this.evaluate(argument, frame)) behindSpread.add(value);
			} else given.push(this.evaluate(argument, frame));
		}
		// Behind a spread every argument may be any of them.
		if (behindSpread !== undefined) for (let at = 0; at < MOST_ARGUMENTS; at++) given.push(behindSpread);
		return given;
	}

	/** What an iteration gives. */
	protected elementsOf(values: Values, frame: Frame): Values {
		const found: Values = new Set();
		for (const value of values) {
			if (!isThing(value)) found.add(value);
			else if (value.kind === "array")
				for (const one of this.read(new Set([value]), ANY, frame)) found.add(one);
			else if (value.kind !== "memory") {
				this.handOut([value]);
				found.add(OUTSIDE);
			}
		}
		return found;
	}

	protected abstract keyOf(member: t.MemberExpression | t.OptionalMemberExpression, frame: Frame): string;
}

const MOST_ARGUMENTS = 16;
