import { PoolError, SharedPool } from "ebbpool/shared";
import { Ledger } from "../../../../packages/ebbpool/test/shared/support/ledger.ts";
import { seeded } from "../../../../packages/ebbpool/test/shared/support/random.ts";
import { SLOTS, User } from "../../../../packages/ebbpool/test/shared/support/user.ts";
import type { ToVictim, VictimRealm, VictimTask } from "./protocol.ts";

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** What a worker does until it is killed or all are told to stop: uses slots at random. */
export function runVictim(realm: VictimRealm): void {
	let receive = (_message: number): void => {};
	realm.listen(async (message: ToVictim) => {
		if (typeof message === "number") receive(message);
		else receive = await work(realm, message);
	});
}

async function work(realm: VictimRealm, task: VictimTask): Promise<(message: number) => void> {
	await realm.begin(task.mark);
	const pool = SharedPool.attach(task.pool);
	await pool.ready;
	const ledger = new Ledger(SLOTS, task.ledger);
	const random = seeded(task.seed);
	const user = new User(pool, ledger, task.mark, random);
	realm.post("attached");
	const stopped = () => ledger.read(Ledger.STOP) === 1;

	async function loop(): Promise<void> {
		while (!stopped()) {
			const steps = 200 + Math.floor(random() * 2000);
			for (let step = 0; step < steps; step++) user.step();
			if (task.busy) continue;
			const message = random() < 0.5 ? user.give() : undefined;
			if (message !== undefined) realm.post(message);
			await turn();
		}
		user.putAll();
		pool[Symbol.dispose]();
		realm.post("done");
	}
	// In a turn of its own, so that messages reach a worker that is not busy from the first.
	setTimeout(loop, 0);

	return (message) => {
		if (!stopped()) adoptInto(pool, user, message);
	};
}

/** Takes a block that was handed over, unless its giver has died meanwhile. */
export function adoptInto(pool: SharedPool, user: User, message: number): void {
	try {
		user.receive(pool.adopt(message));
	} catch (error) {
		if (!(error instanceof PoolError) || error.code !== "ERR_POOL_NOT_HELD") throw error;
	}
}
