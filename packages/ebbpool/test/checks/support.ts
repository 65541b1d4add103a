import { type CheckOptions, enableChecks, type PoolViolation } from "ebbpool/checks";
import { majorGC } from "../support/major-gc.ts";

/** Runs something with `console.warn` silenced: what is not covered, and the seed of chaos, are told there. */
export async function quietly<R>(work: () => R | Promise<R>): Promise<R> {
	const { warn } = console;
	console.warn = () => {};
	try {
		return await work();
	} finally {
		console.warn = warn;
	}
}

/** What the checks find while something runs, the collector's part included. */
export function findings(
	work: (found: readonly PoolViolation[]) => unknown,
	options: CheckOptions = {},
): Promise<PoolViolation[]> {
	return quietly(async () => {
		const found: PoolViolation[] = [];
		const disable = enableChecks({ ...options, onViolation: (violation) => found.push(violation) });
		try {
			// In a task of its own: what is left of its frames must not keep an item alive.
			await new Promise((resolve, reject) => {
				setTimeout(
					() =>
						Promise.resolve()
							.then(() => work(found))
							.then(resolve, reject),
					1,
				);
			});
			await majorGC();
			await majorGC();
		} finally {
			disable();
		}
		return found;
	});
}
