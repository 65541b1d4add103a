import { fileURLToPath } from "node:url";
import type { AllocationFrame } from "../report/model.ts";

interface ProfileNode {
	readonly callFrame: {
		readonly functionName: string;
		readonly url: string;
		readonly lineNumber: number;
		readonly columnNumber: number;
	};
	readonly selfSize: number;
	readonly children: readonly ProfileNode[];
}

/** Branches that are narrower than this share of the whole are too narrow to be seen. */
const NARROWEST = 0.005;
const DEEPEST = 40;

/** The tree of functions of a heap profile, as wide as what was allocated below each. */
export function icicleOf(profile: string, relative: (file: string) => string): AllocationFrame | undefined {
	const { head } = JSON.parse(profile) as { head: ProfileNode };
	const total = bytesBelow(head);
	return total === 0 ? undefined : frame(head, total * NARROWEST, 0, relative);
}

function frame(
	node: ProfileNode,
	least: number,
	depth: number,
	relative: (file: string) => string,
): AllocationFrame {
	const { functionName, url, lineNumber, columnNumber } = node.callFrame;
	const file = url.startsWith("file:") ? fileURLToPath(url) : url;
	const children = depth === DEEPEST ? [] : node.children.filter((child) => bytesBelow(child) >= least);
	return {
		functionName: functionName === "" ? "(anonymous)" : functionName,
		position:
			url === "" ? undefined : { file: relative(file), line: lineNumber + 1, column: columnNumber + 1 },
		bytes: bytesBelow(node),
		children: children
			.map((child) => frame(child, least, depth + 1, relative))
			.sort((a, b) => b.bytes - a.bytes),
	};
}

const known = new WeakMap<ProfileNode, number>();

/** The advisor's own allocations are nobody's. */
const PROBE = new URL("./probe/", import.meta.url).href;

function bytesBelow(node: ProfileNode): number {
	if (node.callFrame.url.startsWith(PROBE)) return 0;
	let bytes = known.get(node);
	if (bytes === undefined) {
		bytes = node.selfSize + node.children.reduce((sum, child) => sum + bytesBelow(child), 0);
		known.set(node, bytes);
	}
	return bytes;
}
