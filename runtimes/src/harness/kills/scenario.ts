import { SharedPool } from "ebbpool/shared";
import { Ledger } from "../../../../packages/ebbpool/test/shared/support/ledger.ts";
import { seeded } from "../../../../packages/ebbpool/test/shared/support/random.ts";
import { SLOTS, User } from "../../../../packages/ebbpool/test/shared/support/user.ts";
import type { KillReport, StartVictim, Victim } from "./protocol.ts";
import { adoptInto } from "./victim.ts";

const WORKERS = 3;
const MAX_SLOTS = 128;
/** How long a worker works at most before one of them is killed, in ms. */
const LIFETIME = 15;
const STEPS_BETWEEN_KILLS = 50;

interface Hired extends Victim {
	readonly busy: boolean;
	attached: boolean;
	done: boolean;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await sleep(1);
}

/**
 * Kills workers at random, half of them in loops that never let their event loop turn, while all threads use one pool; then
 * counts. A ledger beside the pool is the judge: each user enters itself there before it touches a slot.
 */
export async function killScenario(start: StartVictim, kills: number, seed: number): Promise<KillReport> {
	const random = seeded(seed);
	const pool = SharedPool.create({ slotSize: 48, slots: 32, maxSlots: MAX_SLOTS });
	await pool.ready;
	const ledger = new Ledger(SLOTS);
	const user = new User(pool, ledger, 1, random);
	const crew: Hired[] = [];
	let [mark, busyKills] = [1, 0];

	function hire(): void {
		const own = ++mark;
		const hired: Hired = {
			...start(own, () => ledger.bury(own)),
			busy: random() < 0.5,
			attached: false,
			done: false,
		};
		pool.track(hired.worker);
		hired.listen(
			(message) => {
				if (message === "attached") hired.attached = true;
				else if (message === "done") hired.done = true;
				else adoptInto(pool, user, message);
			},
			() => ledger.count(Ledger.FAILED),
		);
		crew.push(hired);
		const { busy } = hired;
		const seed = Math.floor(random() * 2 ** 31);
		hired.worker.postMessage({
			pool: pool.handleFor(hired.worker),
			ledger: ledger.memory,
			mark: own,
			seed,
			busy,
		});
	}

	async function end({ worker, kill }: Hired): Promise<void> {
		await kill();
		await pool.reap(worker);
	}

	const pick = (from: readonly Hired[]): Hired => from[Math.floor(random() * from.length)] as Hired;

	while (crew.length < WORKERS) hire();
	for (let killed = 0; killed < kills; killed++) {
		await until(() => crew.some(({ attached }) => attached));
		await sleep(random() * LIFETIME);
		for (let step = 0; step < STEPS_BETWEEN_KILLS; step++) user.step();
		const working = crew.filter(({ attached }) => attached);
		const receiver = pick(working);
		const message = user.give(receiver.worker);
		if (message !== undefined) receiver.worker.postMessage(message);
		// One in four is killed wherever it is, which may be in starting.
		const victim = pick(random() < 0.75 ? working : crew);
		crew.splice(crew.indexOf(victim), 1);
		if (victim.busy && victim.attached) busyKills++;
		const ended = end(victim);
		hire();
		await ended;
	}

	ledger.count(Ledger.STOP);
	user.putAll();
	await until(() => crew.every(({ done }) => done));
	await Promise.all(crew.map(end));
	await sleep(50); // messages of blocks that are still on their way

	const { reclaimed } = pool.stats();
	const seen = new Set<number>();
	let staleBytes = ledger.read(Ledger.STALE_BYTES);
	for (let block = pool.tryGet(); block !== undefined; block = pool.tryGet()) {
		seen.add(block.bytes.byteOffset);
		staleBytes += block.bytes.filter((byte) => byte !== 0).length;
	}
	return {
		seed,
		kills,
		busyKills,
		operations: ledger.read(Ledger.OPERATIONS),
		handOvers: ledger.read(Ledger.HANDED_OVER),
		reclaimed,
		failedWorkers: ledger.read(Ledger.FAILED),
		doublyHeld: ledger.read(Ledger.DOUBLY_HELD),
		staleBytes,
		changedBytes: ledger.read(Ledger.CHANGED_BYTES),
		lostSlots: MAX_SLOTS - seen.size,
	};
}
