import { PoolError } from "../../base/errors.ts";
import { reap } from "../core/reaper.ts";
import type { RuntimeId } from "../core/registry.ts";
import { refuse } from "../rules.ts";
import { NO_BIRTH, type PoolIdentity, type Threads } from "./threads.ts";

interface WorkerLike {
	postMessage(...args: readonly unknown[]): void;
}

const lockOf = ({ id }: PoolIdentity, thread: RuntimeId): string => `ebbpool:${id}:${thread}`;

function lockManager(): LockManager {
	const { locks } = (globalThis as { navigator?: { locks?: LockManager } }).navigator ?? {};
	if (locks !== undefined) return locks;
	throw new PoolError("ERR_POOL_HANDLE", "SharedPool: expected Web Locks");
}

/** Held until the thread ends. */
const FOR_EVER = new Promise<never>(() => {});

/** Holds a lock for as long as this thread lives; tells whether it was free. */
export function holdLock(name: string): Promise<boolean> {
	return new Promise((resolve, reject) => {
		lockManager()
			.request(name, { ifAvailable: true }, (lock) => {
				resolve(lock !== null);
				return lock && FOR_EVER;
			})
			.catch(reject);
	});
}

/**
 * For runtimes where no event tells when a worker took its last step, but it loses its locks after that. So each worker
 * holds a lock from before its first step on a pool's memory on. Main threads hold none: nobody tracks them, a process
 * would not end by itself (Deno), and a page could not be kept for going back to.
 *
 * @param hold - holds a lock until this thread has taken its last step; tells whether it was free
 */
export const threadsByLock = (hold: (name: string) => Promise<boolean>): Threads => ({
	async live(pool, birth) {
		// Only a worker has a tracker, who knows it by the id that came with the handle.
		if (birth === NO_BIRTH || !("DedicatedWorkerGlobalScope" in globalThis)) return pool.nextBirth();
		let id = birth;
		// A handle that was passed on names a thread that may be alive.
		while (!(await hold(lockOf(pool, id)))) id = pool.nextBirth();
		return id;
	},
	track(pool, worker) {
		const target = worker as WorkerLike;
		const post = target?.postMessage;
		if (typeof post !== "function") refuse("ERR_POOL_ARGUMENT", "track", "a Worker", worker);
		const ids = pool.births;
		pool.births = [];
		// A hack: nothing else tells which worker receives a handle. Cloning it asks for its `birth` (see there).
		target.postMessage = (...args) => {
			const { births } = pool;
			pool.births = ids;
			try {
				post.call(target, ...args);
			} finally {
				pool.births = births;
			}
		};
		return {
			ids,
			async reap({ memory, me }) {
				for (const id of ids) await lockManager().request(lockOf(pool, id), () => reap(memory, id, me));
			},
		};
	},
	birth(pool) {
		const id = pool.nextBirth();
		pool.births.push(id);
		return id;
	},
});
