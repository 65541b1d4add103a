// Objects with state: `reset` cleans a task on its way back into the pool, so that nobody finds another one's data in it.
// Run it with `npm start -w examples/task`.
import { Pool } from "ebbpool";

class Task {
	id = 0;
	name = "";
}

const tasks = new Pool({
	new: () => new Task(),
	reset(task) {
		task.id = 0;
		task.name = "";
	},
});

const task = tasks.get();
task.id = 1;
task.name = "Example";
console.log(`Task ID: ${task.id}, Name: ${task.name}`);
tasks.put(task);

{
	using lease = tasks.lease(); // goes back at the end of the block
	console.log(`The same task: ${lease.item === task}, ID: ${lease.item.id}, Name: "${lease.item.name}"`);
}
console.log(`Tasks pooled: ${tasks.stats().local}`);
