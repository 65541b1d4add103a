import type { Binding, NodePath } from "@babel/traverse";
import type * as t from "@babel/types";

/** Whatever the file did not make itself: arguments from callers, globals, other modules. It may run any code. */
export const OUTSIDE = Symbol("outside");

/** A text, a truth or another value that is no number, and no object either. */
export const TEXT = Symbol("text");

export type Value = Thing | typeof OUTSIDE | typeof TEXT;

/** What an expression may give; numbers and undefined are not noted. */
export type Values = Set<Value>;

export type Kind = "object" | "array" | "memory" | "function";

/** All objects that one place of the file makes in one frame. */
export class Thing {
	readonly kind: Kind;
	readonly node: t.Node;
	/** Where it is made; of a function also what it sees. */
	readonly frame: Frame;
	readonly fields = new Map<string, Values>();
	/** The objects that it inherits from. */
	readonly parents: Values = new Set();
	/** Whether it was handed out. */
	isOut = false;
	/** Of memory: whether a key that may be a name was read, or written. */
	isReadByName = false;
	isWrittenByName = false;

	constructor(kind: Kind, node: t.Node, frame: Frame) {
		this.kind = kind;
		this.node = node;
		this.frame = frame;
	}
}

/** All calls of one function that are made from within the extent, or all others. */
export interface Frame {
	/** Undefined: the module itself. */
	readonly code: NodePath<t.Function> | undefined;
	readonly closure: Thing | undefined;
	readonly isInside: boolean;
	readonly parent: Frame | undefined;
	readonly names: Map<Binding, Values>;
	readonly self: Values;
	readonly returned: Values;
	/** Who calls it; undefined stands for code outside of the file. */
	readonly callers: Set<Frame | undefined>;
}

export function isThing(value: Value): value is Thing {
	return value instanceof Thing;
}

/** Code that is not followed, so that nothing is known. */
export class NotFollowed extends Error {
	override readonly name = "NotFollowed";
}
