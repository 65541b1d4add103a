import { setFlagsFromString } from "node:v8";
import { isChosen } from "./chosen-flags.ts";

/** How far memory outside the heap may grow until V8 collects for its sake alone (`kExternalAllocationSoftLimit`). */
const ROOM_BYTES = 64 * 1024 * 1024;

const IS_CHOSEN = isChosen(/^--heap-growing-percent/u);

/**
 * By how many percent the heap may grow after a forced collection that finds no more than so much alive; undefined where V8 is to
 * say so itself, as for a large heap.
 */
export function roomFor(mostBytes: number): number | undefined {
	return IS_CHOSEN || mostBytes > ROOM_BYTES ? undefined : Math.round((100 * ROOM_BYTES) / mostBytes);
}

/**
 * Runs what forces a major collection, after which the heap may grow by so many percent before the next. By itself V8 sets that limit by what it
 * finds alive and by how busily the program allocated, which after a forced collection in a program that lives on young
 * memory is so low that major collections follow one another, each the cause of the next, where there were hardly any before.
 */
export function withRoom<T>(percent: number, force: () => T): T {
	setFlagsFromString(`--heap-growing-percent=${percent}`);
	try {
		return force();
	} finally {
		setFlagsFromString("--heap-growing-percent=0");
	}
}
