import type { NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import type { ParsedSource } from "../escape/parse.ts";
import { Evaluator } from "./evaluator.ts";
import { type Frame, isThing, NotFollowed, OUTSIDE, TEXT, type Thing, type Values } from "./values.ts";

const MOST_ROUNDS = 60;
const NONE: Values = new Set();
const OUT: Values = new Set([OUTSIDE]);

/** Looks at all code of a file until nothing new comes of it: what the module does, and what others may call. */
export class Extent extends Evaluator {
	constructor(source: ParsedSource, root: t.Node | undefined) {
		super(source, root);
		for (let round = 0; ; round++) {
			if (round === MOST_ROUNDS) throw new NotFollowed("its file is too entangled to follow");
			this.changed = false;
			for (const frame of this.frames) this.#run(frame);
			this.#callFromOutside();
			if (!this.changed && this.isSettled) return;
			if (!this.changed) this.isSettled = true;
		}
	}

	/** What an allocation makes, in each frame. */
	madeAt(allocation: t.Node): Thing[] {
		return this.things().filter(({ node }) => node === allocation);
	}

	#run(frame: Frame): void {
		const { code } = frame;
		if (code === undefined) {
			for (const statement of this.source.program.node.body) this.#execute(statement, frame);
			return;
		}
		const { body, params } = code.node;
		for (const parameter of params) if (parameter.type !== "RestElement") this.assign(parameter, NONE, frame);
		if (code.isFunctionExpression() && code.node.id && frame.closure) {
			const binding = code.scope.getOwnBinding(code.node.id.name);
			if (binding?.kind === "local") this.join(this.variable(binding, frame), [frame.closure]);
		}
		if (body.type === "BlockStatement") for (const statement of body.body) this.#execute(statement, frame);
		else this.join(frame.returned, this.evaluate(body, frame));
	}

	/** Whoever was handed a function may call it, with anything; whoever was handed an object sees what is in it. */
	#callFromOutside(): void {
		for (const thing of this.things()) {
			if (!thing.isOut) continue;
			for (const held of thing.fields.values()) this.handOut(held);
			this.handOut(thing.parents);
			if (thing.kind !== "function") continue;
			const path = this.paths.get(thing.node);
			if (path?.isFunction()) {
				const given = path.node.params.map(() => OUT);
				this.handOut(this.enter(thing, path as NodePath<t.Function>, OUT, given, undefined));
			} else if (path?.isClass()) this.#constructFromOutside(thing, path.node);
		}
	}

	#constructFromOutside(thing: Thing, node: t.Class): void {
		for (const member of node.body.body) {
			if (member.type === "ClassMethod" && member.kind === "constructor") {
				const made = this.make("function", member, thing.frame);
				const path = this.paths.get(member) as NodePath<t.Function>;
				this.enter(
					made,
					path,
					OUT,
					member.params.map(() => OUT),
					undefined,
				);
			}
			if ((member.type === "ClassProperty" || member.type === "ClassPrivateProperty") && !member.static)
				this.handOut(this.fieldValue(member, thing.frame));
		}
	}

	#execute(node: t.Node | null | undefined, frame: Frame): void {
		if (node === null || node === undefined) return;
		switch (node.type) {
			case "ExpressionStatement":
				this.evaluate(node.expression, frame);
				return;
			case "VariableDeclaration":
				for (const { id, init } of node.declarations)
					if (init) this.assign(id, this.evaluate(init, frame), frame);
				return;
			case "FunctionDeclaration":
				if (node.id) this.assign(node.id, new Set([this.closure(node, frame)]), frame);
				return;
			case "ClassDeclaration":
				if (node.id) this.assign(node.id, new Set([this.classOf(node, frame)]), frame);
				return;
			case "ReturnStatement":
				if (node.argument) this.join(frame.returned, this.evaluate(node.argument, frame));
				return;
			case "IfStatement":
				this.evaluate(node.test, frame);
				this.#execute(node.consequent, frame);
				this.#execute(node.alternate, frame);
				return;
			case "BlockStatement":
				for (const one of node.body) this.#execute(one, frame);
				return;
			case "ForStatement":
				if (node.init?.type === "VariableDeclaration") this.#execute(node.init, frame);
				else if (node.init) this.evaluate(node.init, frame);
				if (node.test) this.evaluate(node.test, frame);
				if (node.update) this.evaluate(node.update, frame);
				this.#execute(node.body, frame);
				return;
			case "ForOfStatement":
			case "ForInStatement": {
				const over = this.evaluate(node.right, frame);
				if (node.type === "ForOfStatement" && node.await) this.handOut(over);
				let given: Values = new Set([TEXT]);
				if (node.type === "ForOfStatement") given = node.await ? OUT : this.elementsOf(over, frame);
				else for (const one of over) if (isThing(one) && one.kind === "memory") one.isReadByName = true;
				const target = node.left.type === "VariableDeclaration" ? node.left.declarations[0]?.id : node.left;
				if (target) this.assign(target, given, frame);
				this.#execute(node.body, frame);
				return;
			}
			case "WhileStatement":
			case "DoWhileStatement":
				this.evaluate(node.test, frame);
				this.#execute(node.body, frame);
				return;
			case "SwitchStatement":
				this.evaluate(node.discriminant, frame);
				for (const { test, consequent } of node.cases) {
					if (test) this.evaluate(test, frame);
					for (const one of consequent) this.#execute(one, frame);
				}
				return;
			case "TryStatement":
				this.#execute(node.block, frame);
				if (node.handler?.param) this.assign(node.handler.param, new Set([OUTSIDE, ...this.thrown]), frame);
				this.#execute(node.handler?.body, frame);
				this.#execute(node.finalizer, frame);
				return;
			case "ThrowStatement": {
				const thrown = this.evaluate(node.argument, frame);
				this.join(this.thrown, thrown);
				this.handOut(thrown);
				return;
			}
			case "LabeledStatement":
				this.#execute(node.body, frame);
				return;
			case "EmptyStatement":
			case "BreakStatement":
			case "ContinueStatement":
			case "DebuggerStatement":
				return;
			default:
				this.#moduleStatement(node, frame);
		}
	}

	#moduleStatement(node: t.Node, frame: Frame): void {
		switch (node.type) {
			case "ImportDeclaration":
				for (const { local } of node.specifiers) this.assign(local, OUT, frame);
				return;
			case "ExportAllDeclaration":
				return;
			case "ExportNamedDeclaration":
				this.#execute(node.declaration, frame);
				if (node.declaration)
					for (const name of Object.keys(this.#declared(node.declaration))) this.#export(name, frame);
				if (!node.source)
					for (const one of node.specifiers)
						if (one.type === "ExportSpecifier") this.#export(one.local.name, frame);
				return;
			case "ExportDefaultDeclaration": {
				const { declaration } = node;
				if (declaration.type === "FunctionDeclaration") {
					this.#execute(declaration, frame);
					this.handOut([this.closure(declaration, frame)]);
				} else if (declaration.type === "ClassDeclaration") {
					this.#execute(declaration, frame);
					this.handOut([this.classOf(declaration, frame)]);
				} else this.handOut(this.evaluate(declaration, frame));
				return;
			}
			case "TSTypeAliasDeclaration":
			case "TSInterfaceDeclaration":
				return;
			default:
				throw new NotFollowed(`its file has a ${node.type}, which is not followed`);
		}
	}

	#declared(node: t.Node): Record<string, unknown> {
		if (node.type === "VariableDeclaration")
			return Object.fromEntries(
				Object.keys(this.source.program.scope.bindings)
					.filter((name) => {
						const at = this.source.program.scope.bindings[name]?.identifier.start as number;
						return at >= (node.start as number) && at < (node.end as number);
					})
					.map((name) => [name, true]),
			);
		const { id } = node as t.FunctionDeclaration | t.ClassDeclaration;
		return id ? { [id.name]: true } : {};
	}

	#export(name: string, frame: Frame): void {
		const binding = this.source.program.scope.getBinding(name);
		if (binding === undefined) throw new NotFollowed(`its file exports ${name}, which is not found`);
		this.handOut(this.variable(binding, frame));
	}
}
