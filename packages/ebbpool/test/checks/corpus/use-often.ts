import type { Pool } from "ebbpool";

/** Gets, uses and puts an item three times; and once with another one out. */
export function useOften<T>(pool: Pool<T>, work: (item: T) => void): void {
	for (let i = 0; i < 3; i++) pool.use(work);
	const outer = pool.get();
	pool.use(work);
	work(outer);
	pool.put(outer);
	pool.use(work);
}
