/** Bodies fall into a heap, are looked up by rays and regions, are taken away; then a second world. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const planck = await import(pathToFileURL(join(process.argv[2] ?? "", "dist/planck.mjs")).href);
const { World, Vec2, Box, Circle, Edge, AABB } = planck;

let contacts = 0;
let hits = 0;
for (let at = 0; at < 2; at++) {
	const world = new World({ gravity: Vec2(0, -10) });
	world.on("begin-contact", () => contacts++);
	world.createBody().createFixture(Edge(Vec2(-40, 0), Vec2(40, 0)));
	const bodies = Array.from({ length: 200 }, (_, body) => {
		const made = world.createDynamicBody(Vec2((body % 20) - 10, 2 + Math.floor(body / 20) * 1.5));
		made.createFixture(body % 2 ? Circle(0.5) : Box(0.5, 0.5), { density: 1 });
		return made;
	});
	for (let step = 0; step < 200; step++) {
		world.step(1 / 60);
		world.rayCast(Vec2(-20, 1), Vec2(20, 1), () => {
			hits++;
			return 1;
		});
		world.queryAABB(AABB(Vec2(-5, 0), Vec2(5, 5)), () => {
			hits++;
			return true;
		});
	}
	for (const body of bodies) {
		world.destroyBody(body);
		world.step(1 / 60);
	}
}
console.log(`planck: ${contacts} contacts began, ${hits} hits`);
