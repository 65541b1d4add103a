/** Two hundred bodies fall onto a plane, come to rest, and are taken away one by one. */
import { createRequire } from "node:module";
import { join } from "node:path";

const requireFrom = createRequire(join(process.argv[2] ?? "", "index.js"));
const p2 = requireFrom("./src/p2.js");

const world = new p2.World({ gravity: [0, -9.82], islandSplit: true });
world.sleepMode = p2.World.ISLAND_SLEEPING;
const ground = new p2.Body({ mass: 0 });
ground.addShape(new p2.Plane());
world.addBody(ground);
let contacts = 0;
world.on("beginContact", () => contacts++);
const bodies = Array.from({ length: 200 }, (_, at) => {
	const body = new p2.Body({ mass: 1, position: [(at % 20) * 1.1, 1 + Math.floor(at / 20) * 1.2] });
	body.addShape(at % 2 ? new p2.Circle({ radius: 0.5 }) : new p2.Box({ width: 1, height: 1 }));
	world.addBody(body);
	return body;
});
for (let step = 0; step < 300; step++) world.step(1 / 60);
for (const body of bodies) {
	world.removeBody(body);
	world.step(1 / 60);
}
console.log(`p2: ${contacts} contacts began`);
