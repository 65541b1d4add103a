import { readFileSync } from "node:fs";

export interface Position {
	/** Degrees east. */
	readonly longitude: number;
	/** Degrees north. */
	readonly latitude: number;
}

type Pair = readonly [number, number];

interface Topology {
	readonly transform: { readonly scale: Pair; readonly translate: Pair };
	/** Each point relative to the one before it, in steps of `scale`. */
	readonly arcs: readonly (readonly Pair[])[];
}

/** The coastlines of the world, as lines of positions: the data of `ebbpool bench points`. */
export function coastlines(): Position[][] {
	const file = new URL("data/land-110m.json", import.meta.resolve("@ebbpool/cli/package.json"));
	const { transform, arcs } = JSON.parse(readFileSync(file, "utf8")) as Topology;
	const [scale, translate] = [transform.scale, transform.translate];
	return arcs.map((arc) => {
		let [x, y] = [0, 0];
		return arc.map(([dx, dy]) => {
			x += dx;
			y += dy;
			return { longitude: x * scale[0] + translate[0], latitude: y * scale[1] + translate[1] };
		});
	});
}
