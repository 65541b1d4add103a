import { PoolError } from "../errors.ts";
import { expectValue, type Rule } from "../options.ts";
import type { RuntimeId } from "./registry.ts";
import type { PoolIdentity, Threads } from "./threads.ts";

interface WorkerLike {
	postMessage(...args: readonly unknown[]): void;
}

const aWorker: Rule = {
	expected: "a Worker",
	accepts: (value) => typeof (Object(value) as Partial<WorkerLike>).postMessage === "function",
};

/** Ids that handles carried since a worker was last tracked: those of the worker that was made with one of them. */
const unclaimed = new Map<string, RuntimeId[]>();
/** Where the ids of a pool go that are given out while a tracked worker is posted a message. */
const posting = new Map<string, RuntimeId[]>();

const lockOf = ({ id }: PoolIdentity, thread: RuntimeId): string => `ebbpool:${id}:${thread}`;

function lockManager(): LockManager {
	const { locks } = (globalThis as { navigator?: { locks?: LockManager } }).navigator ?? {};
	if (locks === undefined) {
		throw new PoolError("ERR_POOL_HANDLE", "SharedPool: expected a runtime with Web Locks, got one without");
	}
	return locks;
}

/** Held until the thread ends. */
const FOR_EVER = new Promise<never>(() => {});

/** Holds a lock for as long as the thread lives; tells whether it was free. */
function hold(name: string): Promise<boolean> {
	return new Promise((resolve, reject) => {
		lockManager()
			.request(name, { ifAvailable: true }, (lock) => {
				resolve(lock !== null);
				return lock === null ? undefined : FOR_EVER;
			})
			.catch(reject);
	});
}

/**
 * Browsers and Deno: no event tells when a worker took its last step, but it loses its locks after that. So each thread
 * holds a lock from before its first step on a pool's memory on.
 */
export const threads: Threads = {
	exits: false,
	live(pool, birth) {
		const life = { id: (birth === 0 ? pool.nextBirth() : birth) as RuntimeId, ready: Promise.resolve() };
		life.ready = (async () => {
			// A handle that was passed on names a thread that may be alive.
			while (!(await hold(lockOf(pool, life.id)))) life.id = pool.nextBirth();
		})();
		return life;
	},
	track(pool, worker) {
		expectValue("ERR_POOL_ARGUMENT", "track: worker", worker, aWorker);
		const ids = unclaimed.get(pool.id) ?? [];
		unclaimed.delete(pool.id);
		const target = worker as WorkerLike;
		const post = target.postMessage;
		// A hack: nothing else tells which worker receives a handle. Cloning it asks for its `birth` (see there).
		target.postMessage = (...args) => {
			posting.set(pool.id, ids);
			try {
				post.call(target, ...args);
			} finally {
				posting.delete(pool.id);
			}
		};
		return {
			ids: () => ids,
			async ended(sweep) {
				for (const id of [...ids]) await lockManager().request(lockOf(pool, id), () => sweep([id]));
			},
		};
	},
	birth(pool) {
		const id = pool.nextBirth();
		const ids = posting.get(pool.id) ?? unclaimed.get(pool.id);
		if (ids === undefined) unclaimed.set(pool.id, [id]);
		else ids.push(id);
		return id;
	},
};
