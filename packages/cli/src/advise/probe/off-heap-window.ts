import { setFlagsFromString } from "node:v8";
import { isChosen } from "./chosen-flags.ts";
import type { CollectionLog } from "./collection-log.ts";
import { now } from "./natives.ts";
import type { OffHeapCounter } from "./off-heap.ts";
import type { ThreadReport } from "./thread-report.ts";

/** When V8 frees it; without other threads it does so at once. */
const IS_CHOSEN = isChosen(/^--(?:no-?)?concurrent-array-buffer-sweeping|^--single-threaded/u);

export interface OffHeapWindow {
	stop(): NonNullable<ThreadReport["allOffHeap"]>;
}

/**
 * Counts all memory outside the heap that this thread allocates, that of native code too. V8 frees it on another thread
 * some time after the collection, which would hide as much as was freed; so for this window it frees it at once.
 */
export function allOffHeapWindow(log: CollectionLog, counter: OffHeapCounter): OffHeapWindow {
	if (!IS_CHOSEN) setFlagsFromString("--no-concurrent-array-buffer-sweeping");
	log.settle();
	const before = { at: now(), bytes: log.externalBytes, sited: counter.bytes };
	return {
		stop() {
			log.settle();
			if (!IS_CHOSEN) setFlagsFromString("--concurrent-array-buffer-sweeping");
			return {
				ms: now() - before.at,
				bytes: log.externalBytes - before.bytes,
				sitedBytes: counter.bytes - before.sited,
			};
		},
	};
}
