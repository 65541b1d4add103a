import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

export interface Point {
	/** A rule and what it is set to: `minAge 10 s`. */
	readonly name: string;
	readonly x: number;
	readonly y: number;
	readonly front: boolean;
}

const { document } = parseHTML("<!doctype html><html></html>");

const ruleOf = ({ name }: Point): string => name.split(" ")[0] as string;
const settingOf = ({ name }: Point): string => name.split(" ").slice(1).join(" ");

function labels(points: readonly Point[], place: Plot.TextOptions): Plot.Text {
	return Plot.text(points, {
		x: "x",
		y: "y",
		text: (point: Point) => settingOf(point) || point.name,
		fill: "#333",
		...place,
	});
}

/** A scatter plot as SVG text: the share of hits over what is held, a line for each rule; what another rule betters is hollow. */
export function drawFront(points: readonly Point[]): string {
	const drawn = Plot.plot({
		document: document as never,
		width: 720,
		height: 440,
		marginLeft: 56,
		marginBottom: 48,
		marginRight: 56,
		style: { fontSize: "12px", background: "white", color: "black" },
		x: {
			type: "log",
			label: "items × seconds held, Go's rule = 1 →",
			tickFormat: ".1f",
			ticks: 6,
			grid: true,
		},
		y: { label: "↑ hits", tickFormat: "%", ticks: 6, nice: true, grid: true },
		marks: [
			Plot.line(points, { x: "x", y: "y", z: ruleOf, stroke: ruleOf, strokeOpacity: 0.5 }),
			Plot.dot(points, { x: "x", y: "y", r: 5, stroke: ruleOf, strokeWidth: 2, fill: "white" }),
			Plot.dot(
				points.filter(({ front }) => front),
				{ x: "x", y: "y", r: 5, fill: ruleOf },
			),
			labels(
				points.filter((point) => ruleOf(point) === "minAge"),
				{ textAnchor: "end", dx: -9, dy: -6 },
			),
			labels(
				points.filter((point) => ruleOf(point) !== "minAge"),
				{ textAnchor: "start", dx: 9, dy: 6 },
			),
			Plot.text(
				points.filter(
					(point, at) =>
						settingOf(point) !== "" &&
						points.findLast((each) => ruleOf(each) === ruleOf(point)) === points[at],
				),
				{ x: "x", y: "y", text: ruleOf, fill: ruleOf, fontWeight: "bold", textAnchor: "middle", dy: -22 },
			),
		],
	}) as { readonly outerHTML: string; setAttribute(name: string, value: string): void };
	drawn.setAttribute("xmlns", "http://www.w3.org/2000/svg");
	drawn.setAttribute("font-family", "sans-serif");
	return `${drawn.outerHTML}\n`;
}
