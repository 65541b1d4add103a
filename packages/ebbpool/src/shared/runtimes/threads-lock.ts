import { detached } from "#detached";
import { PoolError } from "../../base/errors.ts";
import type { RuntimeId } from "../core/registry.ts";
import { reapAndTell } from "../reap-and-tell.ts";
import { refuse } from "../rules.ts";
import { NOT_RESERVED, type PoolIdentity, type Threads } from "./threads.ts";

const lockOf = ({ id }: PoolIdentity, thread: RuntimeId): string => `ebbpool:${id}:${thread}`;

function lockManager(): LockManager {
	const { locks } = (globalThis as { navigator?: { locks?: LockManager } }).navigator ?? {};
	if (locks !== undefined) return locks;
	throw new PoolError("ERR_POOL_HANDLE", "SharedPool: expected a runtime with Web Locks (navigator.locks)");
}

/** Holds a lock for as long as this thread lives; tells whether it was free. */
export function holdLock(name: string): Promise<boolean> {
	return new Promise((resolve, reject) => {
		detached(() =>
			lockManager()
				.request(name, { ifAvailable: true }, (lock) => {
					resolve(lock !== null);
					// Until the thread ends.
					return lock && new Promise<never>(() => {});
				})
				.catch(reject),
		);
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
	async identify(pool, reserved) {
		// The thread that tracks a worker knows it by the id that came with the handle, if it was meant for that worker.
		if (reserved === NOT_RESERVED || !("DedicatedWorkerGlobalScope" in globalThis)) return pool.reserveId();
		let id = reserved;
		// A handle that was passed on names a thread that may be alive.
		while (!(await hold(lockOf(pool, id)))) id = pool.reserveId();
		return id;
	},
	track(pool, worker, method) {
		if (typeof (worker as { postMessage?: unknown } | null)?.postMessage !== "function") {
			refuse("ERR_POOL_ARGUMENT", `${method}: worker`, "a Worker", worker);
		}
		const ids: RuntimeId[] = [];
		return {
			ids,
			reserveId() {
				const id = pool.reserveId();
				ids.push(id);
				return id;
			},
			async reap({ memory, me }) {
				if (ids.length === 0) {
					refuse(
						"ERR_POOL_ARGUMENT",
						"SharedPool.reap: worker",
						"a worker that was sent pool.handleFor(worker)",
						worker,
					);
				}
				for (const id of ids)
					await lockManager().request(lockOf(pool, id), () => reapAndTell(memory, id, me));
			},
		};
	},
});
