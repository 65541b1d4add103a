import { GCProfiler, getHeapSpaceStatistics, getHeapStatistics } from "node:v8";
import { roomFor, withRoom } from "./heap-room.ts";
import { now } from "./natives.ts";
import { PutOff } from "./put-off.ts";
import type { CollectionCount, CollectionTotals } from "./thread-report.ts";

type Statistics = ReturnType<GCProfiler["stop"]>["statistics"];
type HeapState = Statistics[number]["beforeGC"];

interface Counting {
	count: number;
	ms: number;
}

/** What is known at one moment about all that was allocated until then. */
interface Used {
	readonly heap: number;
	readonly external: number;
}

/**
 * Adds up the collections of this thread. Memory is only given back by a collection, and `GCProfiler` tells how much was
 * used right before and right after each; so what was allocated is the sum of the growth from each to the next.
 */
export class CollectionLog {
	readonly #minor: Counting = { count: 0, ms: 0 };
	readonly #major: Counting = { count: 0, ms: 0 };
	readonly #forced: Counting = { count: 0, ms: 0 };
	#forcedCpuMs = 0;
	#heapBytes = 0;
	#promotedBytes = 0;
	/** Exact only while V8 frees memory outside the heap in the collection itself, and not some time after it. */
	externalBytes = 0;
	readonly #putOff = new PutOff(levelNow());
	#profiler = new GCProfiler();
	#since: Used = usedNow();

	constructor() {
		this.#profiler.start();
	}

	/** Brings the totals up to date. */
	settle(): void {
		this.#stop();
		this.#start();
	}

	/** Runs what forces collections, which then count as forced alone. */
	apart<T>(force: () => T): T {
		this.#stop();
		const start = now();
		const cpu = process.cpuUsage();
		const room = roomFor(oldBytesNow());
		try {
			return room === undefined ? force() : withRoom(room, force);
		} finally {
			const { user, system } = process.cpuUsage(cpu);
			this.#forced.count++;
			this.#forced.ms += now() - start;
			this.#forcedCpuMs += (user + system) / 1000;
			this.#start();
			this.#putOff.forced(levelNow(), room !== undefined);
		}
	}

	/** CPU time of the process while forced collections ran. */
	get forcedCpuMs(): number {
		return this.#forcedCpuMs;
	}

	get forcedMs(): number {
		return this.#forced.ms;
	}

	totals(): CollectionTotals {
		this.settle();
		const { count, ms } = this.#major;
		const left = this.#putOff.count();
		const putOff = { count: left, ms: left === 0 ? 0 : (left * ms) / count };
		return {
			minor: { ...this.#minor },
			major: { count: count + putOff.count, ms: ms + putOff.ms },
			putOff,
			forced: { ...this.#forced },
			heapBytes: this.#heapBytes,
			promotedBytes: this.#promotedBytes,
		};
	}

	#start(): void {
		this.#profiler = new GCProfiler();
		this.#profiler.start();
		this.#since = usedNow();
	}

	#stop(): void {
		const last = usedNow();
		const { statistics } = this.#profiler.stop();
		for (const { gcType, cost, beforeGC, afterGC } of statistics) {
			const minor = gcType === "Scavenge" || gcType === "MinorMarkSweep" || gcType === "MinorMarkCompact";
			const counting: Counting = minor ? this.#minor : this.#major;
			// A major collection is told of in parts, of which this one is always there.
			const isMajor = gcType === "MarkSweepCompact";
			this.#grow(used(beforeGC));
			this.#since = used(afterGC);
			counting.ms += cost / 1000;
			if (minor || isMajor) counting.count++;
			if (isMajor) this.#putOff.major(level(beforeGC), level(afterGC));
			else if (minor) {
				this.#promotedBytes += Math.max(0, oldSpace(afterGC) - oldSpace(beforeGC));
				this.#putOff.minor(level(afterGC));
			}
		}
		this.#grow(last);
	}

	#grow({ heap, external }: Used): void {
		this.#heapBytes += Math.max(0, heap - this.#since.heap);
		this.externalBytes += Math.max(0, external - this.#since.external);
	}
}

export function mean({ count }: CollectionCount, ms: number): number {
	return count === 0 ? Number.POSITIVE_INFINITY : ms / count;
}

function usedNow(): Used {
	const { used_heap_size, external_memory } = getHeapStatistics();
	return { heap: used_heap_size, external: external_memory };
}

function used({ heapStatistics }: HeapState): Used {
	return { heap: heapStatistics.usedHeapSize, external: heapStatistics.externalMemory };
}

function oldSpace({ heapSpaceStatistics }: HeapState): number {
	return heapSpaceStatistics.reduce(
		(sum, { spaceName, spaceUsedSize }) => sum + (isYoung(spaceName) ? 0 : spaceUsedSize),
		0,
	);
}

/** What V8 holds against the limit at which it begins the next major collection. */
function level(state: HeapState): number {
	return oldSpace(state) + state.heapStatistics.externalMemory;
}

function levelNow(): number {
	return oldBytesNow() + usedNow().external;
}

/** What lives in the old generation, and what of it is garbage that no major collection has come to. */
function oldBytesNow(): number {
	return getHeapSpaceStatistics().reduce(
		(sum, { space_name, space_used_size }) => sum + (isYoung(space_name) ? 0 : space_used_size),
		0,
	);
}

function isYoung(space: string): boolean {
	return space.startsWith("new_");
}
