import type { Binding, NodePath, Scope } from "@babel/traverse";
import type * as t from "@babel/types";
import { usesArguments, usesEval } from "../escape/functions.ts";
import type { ParsedSource } from "../escape/parse.ts";
import {
	type Frame,
	isThing,
	type Kind,
	NotFollowed,
	OUTSIDE,
	TEXT,
	Thing,
	type Value,
	type Values,
} from "./values.ts";

const MOST_FRAMES = 4000;
const MOST_THINGS = 20_000;
const MOST_STEPS = 150_000;
/** Any key. */
export const ANY = "*";
/** Names that objects have without being given them, and that give more than a number or a text. */
const INHERITED = /^(?:constructor|__proto__|valueOf|bind|apply|call|caller|arguments|__\w+__)$/u;

/** What is known so far: it only grows, until nothing new comes of running all code once more. */
export class World {
	protected readonly source: ParsedSource;
	protected readonly bindings = new Map<t.Node, Binding>();
	protected readonly scopes = new Map<t.Node, Scope>();
	protected readonly paths = new Map<t.Node, NodePath>();
	protected readonly module: Frame;
	readonly frames: Frame[] = [];
	protected readonly root: t.Node | undefined;
	protected readonly thrown: Values = new Set();
	readonly #framesOf = new Map<Thing, [inside: Frame | undefined, outside: Frame | undefined]>();
	readonly #things = new Map<Frame, Map<t.Node, Map<string, Thing>>>();
	#count = 0;
	protected changed = false;
	/** Once nothing new came of a round: what still seems to be nothing is a number. */
	protected isSettled = false;
	#steps = 0;

	/** `root`: the function whose calls are the extent. */
	constructor(source: ParsedSource, root: t.Node | undefined) {
		this.source = source;
		this.root = root;
		this.module = newFrame(undefined, undefined, false, undefined);
		this.frames.push(this.module);
		this.#index();
	}

	#index(): void {
		const { program } = this.source;
		this.scopes.set(program.node, program.scope);
		program.traverse({
			enter: (path) => {
				const { node } = path;
				this.scopes.set(node, path.scope);
				if (path.isFunction() || path.isClass()) this.paths.set(node, path);
				if (node.type === "Identifier") {
					const isName =
						path.key === "id" &&
						(path.parentPath?.isFunctionDeclaration() || path.parentPath?.isClassDeclaration());
					const scope = isName ? path.parentPath?.parentPath?.scope : path.scope;
					const binding = scope?.getBinding(node.name);
					if (binding !== undefined) this.bindings.set(node, binding);
				}
				if (
					node.type === "CallExpression" &&
					node.callee.type === "Identifier" &&
					node.callee.name === "eval"
				)
					throw new NotFollowed("it is in a file with eval");
				if (node.type === "StaticBlock" || node.type === "WithStatement" || node.type === "Decorator")
					throw new NotFollowed(`it is in a file with a ${node.type}`);
			},
		});
	}

	/** A file whose code comes to more than this is left alone, so that nobody waits for it. */
	protected step(): void {
		if (++this.#steps > MOST_STEPS) throw new NotFollowed("its file is too entangled to follow");
	}

	protected join(into: Values, from: Iterable<Value>): void {
		for (const value of from) {
			if (into.has(value)) continue;
			into.add(value);
			this.changed = true;
		}
	}

	protected make(kind: Kind, node: t.Node, frame: Frame, role = ""): Thing {
		const inFrame = this.#things.get(frame) ?? new Map<t.Node, Map<string, Thing>>();
		this.#things.set(frame, inFrame);
		const here = inFrame.get(node) ?? new Map<string, Thing>();
		inFrame.set(node, here);
		let thing = here.get(role);
		if (thing === undefined) {
			if (++this.#count > MOST_THINGS) throw new NotFollowed("its file makes too much to follow");
			thing = new Thing(kind, node, frame);
			here.set(role, thing);
			this.changed = true;
		}
		return thing;
	}

	things(): Thing[] {
		return [...this.#things.values()].flatMap((nodes) =>
			[...nodes.values()].flatMap((roles) => [...roles.values()]),
		);
	}

	/** The calls of a function: those of the root, and those from within the extent, are inside. */
	protected frameOf(closure: Thing, caller: Frame | undefined): Frame {
		const code = this.paths.get(closure.node) as NodePath<t.Function>;
		const isInside = caller?.isInside === true || closure.node === this.root;
		const pair = this.#framesOf.get(closure) ?? [undefined, undefined];
		this.#framesOf.set(closure, pair);
		let frame = pair[isInside ? 0 : 1];
		if (frame === undefined) {
			if (usesArguments(code) || usesEval(code)) throw new NotFollowed("its file uses `arguments` or eval");
			if (this.frames.length > MOST_FRAMES) throw new NotFollowed("its file calls too much to follow");
			frame = newFrame(code, closure, isInside, closure.frame);
			pair[isInside ? 0 : 1] = frame;
			this.frames.push(frame);
			this.changed = true;
		}
		if (!frame.callers.has(caller)) {
			frame.callers.add(caller);
			this.changed = true;
		}
		return frame;
	}

	protected variable(binding: Binding, frame: Frame): Values {
		const home = binding.scope.getFunctionParent()?.path.node;
		let at: Frame | undefined = frame;
		while (at !== undefined && at.code?.node !== home) at = at.parent;
		if (at === undefined) throw new NotFollowed(`${binding.identifier.name} is not where it should be`);
		let values = at.names.get(binding);
		if (values === undefined) {
			values = new Set();
			at.names.set(binding, values);
		}
		return values;
	}

	protected slot(thing: Thing, name: string): Values {
		let values = thing.fields.get(name);
		if (values === undefined) {
			values = new Set();
			thing.fields.set(name, values);
		}
		return values;
	}

	/** Hands values to code that is not followed. */
	protected handOut(values: Iterable<Value>): void {
		for (const value of values) {
			if (!isThing(value) || value.isOut) continue;
			value.isOut = true;
			this.changed = true;
		}
	}

	/** What a property may hold, and what getters of that name give. */
	protected read(values: Values, name: string, frame: Frame): Values {
		const found: Values = new Set();
		const seen = new Set<Value>();
		const look = (value: Value, self: Value): void => {
			// What it inherits from code that is not followed may be a getter, which sees it.
			if (value !== self && (value === OUTSIDE || (isThing(value) && value.isOut))) this.handOut([self]);
			if (value === OUTSIDE) return void found.add(OUTSIDE);
			if (value === TEXT) return void (name !== "length" && found.add(name === ANY ? TEXT : OUTSIDE));
			if (value.kind === "array" && name === "length") return;
			if (seen.has(value)) return;
			seen.add(value);
			if (value.isOut) found.add(OUTSIDE);
			if (name !== ANY && INHERITED.test(name) && !value.fields.has(name)) {
				this.handOut([value]);
				found.add(OUTSIDE);
			}
			for (const [key, held] of value.fields) {
				const plain = key.replace(/^get:/u, "");
				if (plain !== name && plain !== ANY && name !== ANY) continue;
				if (key.startsWith("set:")) continue;
				if (!key.startsWith("get:")) for (const one of held) found.add(one);
				else for (const one of this.callAll(held, new Set([self]), [], frame)) found.add(one);
			}
			for (const parent of value.parents) look(parent, self);
		};
		for (const value of values) {
			seen.clear();
			look(value, value);
		}
		return found;
	}

	protected write(values: Values, name: string, given: Values, frame: Frame): void {
		const seen = new Set<Value>();
		const set = (value: Value, self: Value): void => {
			if (!isThing(value) || seen.has(value)) return;
			seen.add(value);
			for (const [key, held] of value.fields)
				if (key.startsWith("set:") && (name === ANY || key === `set:${name}` || key === `set:${ANY}`))
					this.callAll(held, new Set([self]), [given], frame);
			for (const parent of value.parents) set(parent, self);
		};
		for (const value of values) {
			if (value === OUTSIDE) {
				this.handOut(given);
				continue;
			}
			if (value === TEXT) continue;
			if (value.isOut) this.handOut(given);
			this.join(this.slot(value, name), given);
			if (name === "__proto__") this.join(value.parents, given);
			seen.clear();
			set(value, value);
		}
	}

	/** Calls what may be called; a part of it that is not followed gets the arguments. */
	protected callAll(_callees: Values, _self: Values, _given: readonly Values[], _frame: Frame): Values {
		throw new Error("a world without calls");
	}

	/** An object that is turned into a number or a text runs methods that it has. */
	protected convert(values: Values, frame: Frame): void {
		for (const value of values) {
			if (!isThing(value) || value.kind === "memory") continue;
			if (value.kind === "array") this.#convertElements(value, frame);
			for (const name of ["valueOf", "toString", "toJSON", ANY])
				if (value.fields.has(name) || value.parents.size > 0)
					this.callAll(this.#own(value, name), new Set([value]), [], frame);
		}
	}

	#converting = new Set<Thing>();

	#convertElements(array: Thing, frame: Frame): void {
		if (this.#converting.has(array)) return;
		this.#converting.add(array);
		this.convert(this.slot(array, ANY), frame);
		this.#converting.delete(array);
	}

	/** The functions of that name that an object was given, by the file. */
	#own(value: Thing, name: string): Values {
		const found: Values = new Set();
		const seen = new Set<Value>();
		const look = (one: Value): void => {
			if (!isThing(one) || seen.has(one)) return;
			seen.add(one);
			for (const [key, held] of one.fields)
				if (key === name || key === `get:${name}`)
					for (const each of held) if (isThing(each) && each.kind === "function") found.add(each);
			for (const parent of one.parents) look(parent);
		};
		look(value);
		return found;
	}

	/** All that outlives every call of the root: what was handed out, and what the module and calls outside of the extent hold. */
	outliving(): ReadonlySet<Value> {
		const lasting = new Set<Value>();
		const framesSeen = new Set<Frame>();
		const keepFrame = (frame: Frame | undefined): void => {
			if (frame === undefined || framesSeen.has(frame)) return;
			framesSeen.add(frame);
			for (const values of frame.names.values()) keep(values);
			keep(frame.self);
			keep(frame.returned);
			keepFrame(frame.parent);
		};
		const keep = (values: Iterable<Value>): void => {
			for (const value of values) {
				if (!isThing(value) || lasting.has(value)) continue;
				lasting.add(value);
				for (const held of value.fields.values()) keep(held);
				keep(value.parents);
				if (value.kind === "function") keepFrame(value.frame);
			}
		};
		for (const frame of this.frames) {
			if (!frame.isInside) keepFrame(frame);
			if (frame.code?.node === this.root) keep(frame.returned);
		}
		for (const thing of this.things()) if (thing.isOut || !thing.frame.isInside) keep([thing]);
		keep(this.thrown);
		return lasting;
	}
}

function newFrame(
	code: Frame["code"],
	closure: Thing | undefined,
	isInside: boolean,
	parent: Frame | undefined,
): Frame {
	return {
		...{ code, closure, isInside, parent },
		...{ names: new Map(), self: new Set(), returned: new Set(), callers: new Set() },
	};
}
