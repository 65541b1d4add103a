import type { Binding, NodePath } from "@babel/traverse";
import type * as t from "@babel/types";
import type { SiteFlow } from "../escape/escape-of.ts";
import type { Escape } from "../escape/flow.ts";
import type { AllocationSite } from "../sites.ts";
import { isInBranch, isMarkable } from "./markable-escape.ts";
import { kindOf, type PooledKind } from "./pooled-kind.ts";

/** What any pooled site has. */
export interface PooledSite extends PooledKind {
	readonly allocation: t.NewExpression | t.CallExpression;
	/** What the pool is called: the variable that holds the item, or the function that makes it. */
	readonly name: string;
}

/** How one site can be changed: its memory is taken from a pool, and given back where the block ends. */
export interface BlockPlan extends PooledSite {
	readonly declaration: t.VariableDeclaration;
	readonly block: t.BlockStatement;
	/** Whether the variable may hold something else, which is not the pool's. */
	readonly isAlternative: boolean;
	/** Expressions that let it outlive the call: where one was evaluated, it is not given back. */
	readonly escapes: readonly t.Node[];
}

/** Its memory is taken from a pool, and given back where a function ends by which it was reached. */
export interface ExtentPlan extends PooledSite {
	readonly root: t.Function & { readonly body: t.BlockStatement };
}

export type EditPlan = BlockPlan | ExtentPlan;

export type Planned = { readonly plan: EditPlan } | { readonly refused: string };

const refuse = (refused: string): Planned => ({ refused });

/**
 * Decides whether a site can be pooled without a change in what the program does: what it makes must be got and given up
 * within one synchronous call, by one variable of one block, and be as good as new when it is taken again.
 */
export function planEdit(site: AllocationSite, flow: SiteFlow | undefined): Planned {
	if (site.kind === "heap") return refuse("objects in the heap are not worth pooling");
	if (site.what.startsWith("zlib."))
		return refuse("a compression context is inside of Node's call: use another call by hand");
	if (flow === undefined) return refuse("its source cannot be read, or is not where V8 says");
	const { owner } = flow;
	const leaving = flow.escapes.find((one) => owner === undefined || !isMarkable(one, owner));
	if (leaving !== undefined) return refuse(outlives(leaving));
	if (owner === undefined) return refuse("it is made once, when its module is loaded");
	if (flow.isAsync) return refuse("its function may be suspended while it is in use");
	return planDeclaration(flow, owner, site);
}

const outlives = ({ text, line }: Escape): string => `it may outlive the call: ${text} (line ${line})`;

function planDeclaration(flow: SiteFlow, owner: NodePath<t.Function>, site: AllocationSite): Planned {
	const { allocation } = flow;
	const value = firstValue(allocation);
	const declarator = value.parentPath;
	if (!declarator?.isVariableDeclarator() || declarator.node.id.type !== "Identifier") {
		const [leaving] = flow.escapes;
		return refuse(leaving === undefined ? "it is not the first value of a variable" : outlives(leaving));
	}
	const { name } = declarator.node.id;
	const declaration = declarator.parentPath;
	const block = declaration.parentPath;
	if (!declaration.isVariableDeclaration() || !block?.isBlockStatement()) {
		return refuse("its variable is not declared by a statement of its own");
	}
	const always = flow.escapes.find((one) => !isInBranch(one, block.node));
	if (always !== undefined) return refuse(outlives(always));
	const binding = declarator.scope.getBinding(name);
	if (binding === undefined || !binding.constant) return refuse(`${name} is given other values as well`);
	const end = declaration.node.end as number;
	if (!isUsedWithin(binding, end, block.node.end as number))
		return refuse(`${name} is used outside of its block`);
	const outliving = outlivesBlock(flow, owner, value, block, [end, block.node.end as number]);
	if (outliving !== undefined) return refuse(outliving);
	const moved = movedOutOfReach(block, declaration);
	if (moved !== undefined) return refuse(`${moved} is declared behind it and used from elsewhere`);
	const kind = kindOf(allocation, site);
	if (typeof kind === "string") return refuse(kind);
	return {
		plan: {
			allocation: allocation.node,
			declaration: declaration.node,
			block: block.node,
			name,
			...kind,
			isAlternative: value.node !== allocation.node,
			escapes: flow.escapes.map(({ path }) => path.node),
		},
	};
}

/** Of `kept || new …` and `condition ? kept : new …` the whole. */
function firstValue(allocation: NodePath): NodePath {
	const { parentPath } = allocation;
	const isChoice =
		(parentPath?.isLogicalExpression() && allocation.key === "right") ||
		(parentPath?.isConditionalExpression() && allocation.key !== "test");
	return isChoice ? firstValue(parentPath) : allocation;
}

function isUsedWithin(binding: Binding, from: number, to: number): boolean {
	return binding.referencePaths.every(({ node }) => isWithin(node, [from, to]));
}

type Range = readonly [from: number, to: number];

function isWithin({ start, end }: t.Node, [from, to]: Range): boolean {
	return (start as number) >= from && (end as number) <= to;
}

/** It is given back at the end of its block: no other name for it, and no function that sees it, may be used behind that. */
function outlivesBlock(
	{ uses, bindings }: SiteFlow,
	owner: NodePath<t.Function>,
	value: NodePath,
	block: NodePath<t.BlockStatement>,
	range: Range,
): string | undefined {
	for (const binding of bindings) {
		// Parameters of functions that it is passed to end with the call.
		if (!isWithin(binding.identifier, [owner.node.start as number, owner.node.end as number])) continue;
		const places = [...binding.referencePaths, ...binding.constantViolations].map(({ node }) => node);
		if (!places.every((node) => isWithin(node, range)))
			return `${binding.identifier.name} is used outside of its block`;
		if (!isDeclarator(binding, value) && spansRounds(binding, block, owner))
			return `${binding.identifier.name} lives on in the next round of a loop`;
	}
	for (const use of uses) {
		// The allocation itself, and the choice that it is a part of.
		if (isWithin(use.node, [value.node.start as number, value.node.end as number])) continue;
		if (!use.findParent(({ node }) => node === owner.node)) continue;
		if (!isWithin(use.node, range)) return "it is used outside of its block";
		for (
			let inner = use.getFunctionParent();
			inner !== null && inner.node !== owner.node;
			inner = inner.getFunctionParent()
		) {
			if (!isCalledWithin(inner, block, owner, range))
				return "a nested function that uses it may be called outside of its block";
		}
	}
	return undefined;
}

function isCalledWithin(
	path: NodePath<t.Function>,
	block: NodePath<t.BlockStatement>,
	owner: NodePath<t.Function>,
	range: Range,
): boolean {
	const name = path.isFunctionDeclaration()
		? path.node.id?.name
		: path.parentPath.isVariableDeclarator() && path.parentPath.node.id.type === "Identifier"
			? path.parentPath.node.id.name
			: undefined;
	// One that is called where it stands.
	if (name === undefined) return isWithin(path.node, range);
	const binding = path.parentPath.scope.getBinding(name);
	if (binding === undefined) return false;
	if (!path.isFunctionDeclaration() && spansRounds(binding, block, owner)) return false;
	return binding.referencePaths.every(({ node }) => isWithin(node, range));
}

/** Whether a name keeps its value from one run of the block to the next within a call. */
function spansRounds(
	{ scope }: Binding,
	block: NodePath<t.BlockStatement>,
	owner: NodePath<t.Function>,
): boolean {
	if (isWithin(scope.block, [block.node.start as number, block.node.end as number])) return false;
	return block.findParent((path) => path.isLoop() || path.node === owner.node)?.isLoop() === true;
}

function isDeclarator({ path }: Binding, value: NodePath): boolean {
	return path.node === value.parent;
}

/**
 * What follows is put into a block of its own, in which the names that it declares then live: one that is used from outside
 * of it cannot be moved.
 */
function movedOutOfReach(block: NodePath<t.BlockStatement>, declaration: NodePath): string | undefined {
	const from = declaration.node.end as number;
	const to = block.node.end as number;
	for (const statement of block.get("body").slice((declaration.key as number) + 1)) {
		const isVar = statement.isVariableDeclaration() && statement.node.kind === "var";
		if (isVar) continue;
		for (const name of Object.keys(statement.getBindingIdentifiers())) {
			const binding = statement.scope.getBinding(name) ?? block.scope.getBinding(name);
			const uses = [...(binding?.referencePaths ?? []), ...(binding?.constantViolations ?? [])];
			if (uses.some(({ node }) => (node.start as number) < from || (node.end as number) > to)) return name;
		}
	}
	return undefined;
}
