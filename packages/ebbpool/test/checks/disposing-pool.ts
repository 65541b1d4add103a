import { Pool } from "ebbpool";

/** A pool, and what it disposed of. */
export function disposingPool(fails = false) {
	const disposed: object[] = [];
	const pool = new Pool<object>({
		new: () => ({}),
		dispose: (item) => {
			disposed.push(item);
			if (fails) throw new Error("not now");
		},
		stats: true,
	});
	return { pool, disposed };
}
