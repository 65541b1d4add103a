// Where no event tells of a worker's end, each worker holds a lock from its first step on: when somebody else gets it, the
// worker has ended.

const nameOf = (mark: number): string => `ebbpool-victim:${mark}`;

/** Holds the worker's lock for as long as it lives. */
export function holdLifeLock(mark: number): Promise<void> {
	return new Promise((resolve) => {
		navigator.locks.request(nameOf(mark), () => {
			resolve();
			return new Promise(() => {});
		});
	});
}

/** Calls `ended` once the worker has lost its lock. */
export async function afterLife(mark: number, ended: () => void): Promise<void> {
	await navigator.locks.request(nameOf(mark), ended);
}
