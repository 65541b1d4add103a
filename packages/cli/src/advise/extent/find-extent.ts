import type { NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import type { ParsedSource } from "../escape/parse.ts";
import { Extent } from "./extent.ts";
import { type Frame, NotFollowed } from "./values.ts";

/** A function whose end is the end of what an allocation in it, or in what it calls, has made. */
export interface FoundExtent {
	readonly root: t.Function & { readonly body: t.BlockStatement };
}

const MOST_ROOTS = 6;

/**
 * Looks for a function by which each way to an allocation leads, and whose calls nothing outlives that the allocation makes: neither
 * by what it returns or throws, nor by what the module, the caller or a closure holds. Undefined where there is none, or code is not followed.
 */
export function findExtent(source: ParsedSource, allocation: t.Node): FoundExtent | undefined {
	const starts = worldOf(source, undefined)
		?.madeAt(allocation)
		.map(({ frame }) => frame);
	if (starts === undefined || starts.length === 0) return undefined;
	for (const root of rootsOf(starts).slice(0, MOST_ROOTS)) {
		const world = worldOf(source, root.node);
		if (world !== undefined && endsWith(world, root.node, allocation)) {
			return { root: root.node as FoundExtent["root"] };
		}
	}
	return undefined;
}

const known = new WeakMap<ParsedSource, Map<t.Node | undefined, Extent | undefined>>();

/** Undefined where code is not followed. */
function worldOf(source: ParsedSource, root: t.Node | undefined): Extent | undefined {
	const worlds = known.get(source) ?? new Map<t.Node | undefined, Extent | undefined>();
	known.set(source, worlds);
	if (!worlds.has(root)) worlds.set(root, tryToFollow(source, root));
	return worlds.get(root);
}

function tryToFollow(source: ParsedSource, root: t.Node | undefined): Extent | undefined {
	try {
		return new Extent(source, root);
	} catch (error) {
		// A source that is too deep for the stack is one that is not followed.
		if (error instanceof NotFollowed || error instanceof RangeError) return undefined;
		throw error;
	}
}

/** The functions by which all ways from outside, and from the module's own code, lead to these frames; the nearest first. */
function rootsOf(starts: readonly Frame[]): NodePath<t.Function>[] {
	const near = climb(starts, undefined).frames.flatMap(({ code }) => (code === undefined ? [] : [code]));
	const candidates = [...new Map(near.map((code) => [code.node, code])).values()];
	return candidates.filter((code) => canBeRoot(code) && !climb(starts, code.node).isOpen);
}

/** All that may lead to the frames, without going through one function; open: code outside of the file, or the module, is among it. */
function climb(starts: readonly Frame[], without: t.Node | undefined) {
	const frames: Frame[] = [];
	let isOpen = false;
	const queue: (Frame | undefined)[] = [...starts];
	const seen = new Set<Frame>();
	for (const frame of queue) {
		if (frame === undefined || frame.code === undefined) {
			isOpen = true;
			continue;
		}
		if (seen.has(frame) || frame.code.node === without) continue;
		seen.add(frame);
		frames.push(frame);
		queue.push(...frame.callers);
	}
	return { frames, isOpen };
}

function canBeRoot({ node }: NodePath<t.Function>): boolean {
	if (node.async || node.generator || node.body.type !== "BlockStatement") return false;
	return !(node.type === "ClassMethod" && node.kind === "constructor");
}

function endsWith(world: Extent, root: t.Node, allocation: t.Node): boolean {
	// One that is called from within itself would give back at the end of the inner call what the outer one has.
	for (const { code, callers } of world.frames)
		if (code?.node === root && [...callers].some((caller) => caller?.isInside === true)) return false;
	const made = world.madeAt(allocation);
	if (made.length === 0 || made.some(({ frame }) => !frame.isInside)) return false;
	if (made.some((thing) => thing.isReadByName && thing.isWrittenByName)) return false;
	const outliving = world.outliving();
	return made.every((thing) => !outliving.has(thing));
}
