import * as Plot from "@observablehq/plot";
import type { AllocationFrame } from "../model.ts";
import { bytes } from "../units.ts";
import { chart } from "./chart.ts";
import type { Markup } from "./html.ts";

const WIDTH = 1080;
const ROW_HEIGHT = 22;
const CHARACTER_WIDTH = 7;
/** Narrower than this, a frame cannot be seen. */
const LEAST_SHARE = 0.001;
/** Deeper than this, nobody looks. */
const MOST_DEPTH = 40;

interface Cell {
	readonly frame: AllocationFrame;
	readonly depth: number;
	/** From 0 to 1. */
	readonly left: number;
	readonly right: number;
}

/** Functions below those that called them, as wide as the bytes that were allocated in and below them. */
export function icicleChart(root: AllocationFrame): Markup {
	const cells = cellsOf(root);
	const depth = Math.max(...cells.map((cell) => cell.depth)) + 1;
	const share = ({ left, right }: Cell): string => `${((right - left) * 100).toFixed(1)} %`;
	const tell = (cell: Cell): string => `${titleOf(cell.frame)}: ${bytes(cell.frame.bytes)}, ${share(cell)}`;
	return chart({
		title: "Where the heap's bytes are allocated",
		description: `The widest frames. ${cells
			.filter((cell) => cell.depth > 0)
			.sort((a, b) => b.right - b.left - (a.right - a.left))
			.slice(0, 5)
			.map(tell)
			.join("; ")}`,
		scrolls: true,
		options: {
			width: WIDTH,
			height: depth * ROW_HEIGHT + 20,
			margin: 8,
			marginLeft: 8,
			marginBottom: 8,
			x: { axis: null, domain: [0, 1] },
			y: { axis: null, domain: [0, depth], reverse: true },
			color: {
				domain: ["yours", "package", "runtime"],
				range: ["var(--pooled)", "var(--tuned)", "var(--fresh)"],
			},
			marks: [
				Plot.rect(cells, {
					x1: "left",
					x2: "right",
					y1: "depth",
					y2: (cell: Cell) => cell.depth + 1,
					fill: (cell: Cell) => originOf(cell.frame),
					fillOpacity: 0.35,
					stroke: "var(--page)",
					inset: 0.5,
					title: tell,
				}),
				Plot.text(cells, {
					x: (cell: Cell) => cell.left,
					y: (cell: Cell) => cell.depth + 0.5,
					text: (cell: Cell) => fitting(cell),
					textAnchor: "start",
					dx: 4,
					fill: "currentColor",
				}),
			],
		},
	});
}

/** Every frame that can be seen, with its place. */
function cellsOf(root: AllocationFrame): Cell[] {
	const cells: Cell[] = [];
	const total = Math.max(1, root.bytes);
	const place = (frame: AllocationFrame, depth: number, left: number): void => {
		const width = frame.bytes / total;
		if (width < LEAST_SHARE || depth >= MOST_DEPTH) return;
		cells.push({ frame, depth, left, right: left + width });
		let at = left;
		for (const child of [...frame.children].sort((a, b) => b.bytes - a.bytes)) {
			place(child, depth + 1, at);
			at += child.bytes / total;
		}
	};
	place(root, 0, 0);
	return cells;
}

function fitting({ frame, left, right }: Cell): string {
	const room = Math.floor(((right - left) * (WIDTH - 16)) / CHARACTER_WIDTH) - 1;
	if (room < 3) return "";
	const title = frame.functionName;
	return title.length <= room ? title : `${title.slice(0, room - 1)}…`;
}

function titleOf({ functionName, position }: AllocationFrame): string {
	return position === undefined ? functionName : `${functionName}, ${position.file}:${position.line}`;
}

function originOf({ position }: AllocationFrame): string {
	if (position === undefined || position.file.startsWith("node:")) return "runtime";
	return position.file.includes("node_modules") ? "package" : "yours";
}
