/** A world of entities that move, carry lists, are tagged and removed, for some hundred frames. */
import { createRequire } from "node:module";
import { join } from "node:path";

const requireFrom = createRequire(join(process.argv[2] ?? "", "index.js"));
const { Component, System, TagComponent, Types, World } = requireFrom("./lib/index.js");

class Position extends Component {}
Position.schema = { x: { type: Types.Number }, y: { type: Types.Number } };
class Velocity extends Component {}
Velocity.schema = { x: { type: Types.Number, default: 1 }, y: { type: Types.Number, default: 1 } };
class Trail extends Component {}
Trail.schema = { points: { type: Types.Array }, owner: { type: Types.Ref } };
class Old extends TagComponent {}

let removed = 0;

class Move extends System {
	execute() {
		for (const entity of this.queries.moving.results) {
			const velocity = entity.getComponent(Velocity);
			const position = entity.getMutableComponent(Position);
			position.x += velocity.x;
			position.y += velocity.y;
			entity.getMutableComponent(Trail).points.push(position.x);
			if (position.x > 20 && !entity.hasComponent(Old)) entity.addComponent(Old);
		}
	}
}
Move.queries = { moving: { components: [Position, Velocity, Trail] } };

class Remove extends System {
	execute() {
		const { results } = this.queries.old;
		for (let at = results.length - 1; at >= 0; at--) {
			results[at].remove();
			removed++;
		}
	}
}
Remove.queries = { old: { components: [Old] } };

const world = new World({ entityPoolSize: 50 });
for (const each of [Position, Velocity, Trail, Old]) world.registerComponent(each);
world.registerSystem(Move).registerSystem(Remove);
for (let frame = 0; frame < 300; frame++) {
	for (let at = 0; at < 5; at++) {
		const entity = world.createEntity();
		entity.addComponent(Position, { x: at, y: 0 }).addComponent(Velocity).addComponent(Trail);
		// One is removed before its time, at once.
		if (at === 4) entity.remove(true);
	}
	world.execute(1 / 60, frame / 60);
}
console.log(`ecsy: ${removed} entities removed`);
