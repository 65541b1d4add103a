export interface Point {
	readonly name: string;
	readonly x: number;
	readonly y: number;
	readonly front: boolean;
}

const WIDTH = 720;
const HEIGHT = 420;
const MARGIN = 56;

/** A scatter plot as SVG text: the share of hits over what is held, which is drawn to a logarithmic scale. */
export function drawFront(points: readonly Point[]): string {
	const xs = points.map(({ x }) => Math.log2(x));
	const ys = points.map(({ y }) => y);
	const scale = (values: readonly number[], from: number, to: number) => {
		const [low, high] = [Math.min(...values), Math.max(...values)];
		return (value: number) => from + ((value - low) / (high - low || 1)) * (to - from);
	};
	const atX = scale(xs, MARGIN, WIDTH - 2 * MARGIN);
	const atY = scale(ys, HEIGHT - MARGIN, MARGIN);
	const dots = points.map(({ name, x, y, front }) => {
		const [cx, cy] = [atX(Math.log2(x)).toFixed(1), atY(y).toFixed(1)];
		const fill = front ? "#1769aa" : "#bbbbbb";
		return [
			`<circle cx="${cx}" cy="${cy}" r="5" fill="${fill}"/>`,
			`<text x="${Number(cx) + 8}" y="${Number(cy) + 4}">${name}, ${(100 * y).toFixed(0)} %</text>`,
		].join("");
	});
	const caption = "items × seconds held, Go's rule = 1 (logarithmic)";
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<title>Hits and what is held, by rule</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
<path d="M${MARGIN} ${MARGIN / 2}V${HEIGHT - MARGIN / 2}H${WIDTH - MARGIN / 2}" fill="none" stroke="black"/>
<text x="${WIDTH / 2}" y="${HEIGHT - 8}" text-anchor="middle">${caption}</text>
<text x="14" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 ${HEIGHT / 2})">hits</text>
${dots.join("\n")}
</svg>
`;
}
