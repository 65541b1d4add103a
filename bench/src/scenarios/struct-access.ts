import { struct } from "ebbpool/shared";
import type { Loop } from "../measure/loop.ts";
import { timeLoop } from "../measure/time-loop.ts";
import type { Scenario } from "./scenario.ts";

interface Particle {
	x: number;
	vx: number;
	mass: number;
	id: number;
	alive: boolean;
}

const PARTICLES = 64;
const ACCESSES_PER_ROUND = 10;

const layout = struct({ x: "f64", vx: "f64", mass: "f32", id: "u32", alive: "bool" });

const VARIANTS: Readonly<Record<string, () => Loop>> = {
	object: () =>
		particleLoop(Array.from({ length: PARTICLES }, () => ({ x: 0, vx: 0, mass: 0, id: 0, alive: false }))),
	"data-view": () => {
		const memory = new SharedArrayBuffer(PARTICLES * layout.byteLength);
		const views = Array.from(
			{ length: PARTICLES },
			(_, i) => new DataView(memory, i * layout.byteLength, layout.byteLength),
		);
		return dataViewLoop(views);
	},
	struct: () => particleLoop(makeStructs()),
	"struct-among-8-layouts": () => {
		const others = Array.from({ length: 8 }, (_, i) => makeOther(i));
		// The engine must have seen all of them before it compiles the loop.
		for (let call = 0; call < 20_000; call++) for (const other of others) touch(other);
		return particleLoop(makeStructs());
	},
};

/** Reading and writing the members of a struct, against a plain object and against a `DataView` used by hand. */
export const structAccess: Scenario = {
	operation: "access to a member",
	variants: Object.keys(VARIANTS),
	baselines: ["object", "data-view"],
	figures: ["heapBytes", "minor", "major"],
	async measure(variant, budget) {
		return timeLoop((VARIANTS[variant] as () => Loop)(), ACCESSES_PER_ROUND, budget);
	},
};

function makeStructs(): Particle[] {
	const memory = new SharedArrayBuffer(PARTICLES * layout.byteLength);
	return Array.from({ length: PARTICLES }, (_, i) => layout.createFields(memory, i * layout.byteLength));
}

function makeOther(padding: number): { id: number; x: number } {
	const other = struct({ pad: struct.array("f64", padding + 1), id: "u32", x: "f64" });
	return other.createFields(new SharedArrayBuffer(other.byteLength), 0);
}

function touch(other: { id: number; x: number }): void {
	other.id = (other.id + 1) & 0xffff;
	other.x += 0.5;
}

function particleLoop(particles: readonly Particle[]): Loop {
	for (const [id, particle] of particles.entries())
		Object.assign(particle, { vx: 1, mass: 1 + id, id, alive: true });
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const particle = particles[round % PARTICLES] as Particle;
			if (!particle.alive) continue;
			particle.x += particle.vx / particle.mass;
			if (particle.x > 10) particle.vx = -particle.vx;
			if (particle.x < -10) particle.vx = -particle.vx;
			particle.alive = true;
			particle.id = round & 0xffff;
			sum += particle.id;
		}
		return sum;
	};
}

function dataViewLoop(views: readonly DataView[]): Loop {
	const [x, vx, mass, id, alive] = (["x", "vx", "mass", "id", "alive"] as const).map(
		(name) => layout.offsets[name],
	) as [number, number, number, number, number];
	for (const [i, view] of views.entries()) {
		view.setFloat64(vx, 1, true);
		view.setFloat32(mass, 1 + i, true);
		view.setUint8(alive, 1);
	}
	return (rounds) => {
		let sum = 0;
		for (let round = 0; round < rounds; round++) {
			const view = views[round % PARTICLES] as DataView;
			if (view.getUint8(alive) === 0) continue;
			view.setFloat64(
				x,
				view.getFloat64(x, true) + view.getFloat64(vx, true) / view.getFloat32(mass, true),
				true,
			);
			if (view.getFloat64(x, true) > 10) view.setFloat64(vx, -view.getFloat64(vx, true), true);
			if (view.getFloat64(x, true) < -10) view.setFloat64(vx, -view.getFloat64(vx, true), true);
			view.setUint8(alive, 1);
			view.setUint32(id, round & 0xffff, true);
			sum += view.getUint32(id, true);
		}
		return sum;
	};
}
