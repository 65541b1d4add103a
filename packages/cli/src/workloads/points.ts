import { coastlines, type Position } from "./data.ts";
import { defineWorkload } from "./define-workload.ts";

class Vector {
	x = 0;
	y = 0;
	z = 0;

	difference(a: Vector, b: Vector): void {
		this.x = a.x - b.x;
		this.y = a.y - b.y;
		this.z = a.z - b.z;
	}

	length(): number {
		return Math.sqrt(this.x * this.x + this.y * this.y + this.z * this.z);
	}
}

export const points = defineWorkload<Vector, readonly Vector[][]>({
	name: "points",
	summary: "the length of every coastline, a small object per step",
	pool: { new: () => new Vector() },
	inputs: () => [coastlines().map((line) => line.map(toVector))],
	run(items, lines, audit) {
		let kilometres = 0;
		for (const line of lines) {
			for (let at = 1; at < line.length; at++) {
				const step = items.get();
				step.difference(line[at] as Vector, line[at - 1] as Vector);
				kilometres += step.length();
				items.put(step);
			}
			audit?.update(`${kilometres}\n`);
		}
		return kilometres;
	},
});

const RADIANS_PER_DEGREE = Math.PI / 180;
const EARTH_RADIUS_KM = 6371;

/** In kilometres, from the centre of the Earth. */
function toVector({ longitude, latitude }: Position): Vector {
	const east = longitude * RADIANS_PER_DEGREE;
	const north = latitude * RADIANS_PER_DEGREE;
	const vector = new Vector();
	vector.x = EARTH_RADIUS_KM * Math.cos(north) * Math.cos(east);
	vector.y = EARTH_RADIUS_KM * Math.cos(north) * Math.sin(east);
	vector.z = EARTH_RADIUS_KM * Math.sin(north);
	return vector;
}
