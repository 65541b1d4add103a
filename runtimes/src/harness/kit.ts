import type { Kit } from "../../../packages/ebbpool/test/contract/support/kit.ts";

const DEADLINE = 10_000;
const WITNESSES = 16;

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

// Held here, since JavaScriptCore drops the callbacks of a registry that nobody refers to.
const registry = new FinalizationRegistry((report: () => void) => report());

/**
 * Makes a kit of what the runtime has for forcing a full collection. Runtimes differ in when a forced collection is over
 * and its callbacks have run, so witnesses registered beforehand tell.
 *
 * @param forceCollection undefined where the runtime has no such thing
 */
export function kitOf(forceCollection: (() => unknown) | undefined): Kit {
	if (forceCollection === undefined) return {};
	return {
		async majorGC() {
			let seen = false;
			registerWitnesses(() => {
				seen = true;
			});
			// What the current job refers to lives until it ends.
			await turn();
			await forceCollection();
			const deadline = performance.now() + DEADLINE;
			while (!seen) {
				if (performance.now() > deadline) throw new Error("the forced collection found no witness dead");
				await turn();
			}
			for (let i = 0; i < 3; i++) await turn();
		},
	};
}

/** Several, in a frame of its own: an engine that scans the stack conservatively may hold on to one. */
function registerWitnesses(report: () => void): void {
	for (let i = 0; i < WITNESSES; i++) registry.register({ witness: i }, report);
}
