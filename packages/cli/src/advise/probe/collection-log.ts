import { GCProfiler, getHeapSpaceStatistics, getHeapStatistics } from "node:v8";
import { roomFor, withRoom } from "./heap-room.ts";
import { now } from "./natives.ts";
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
 *
 * After a collection that is forced V8 waits longer than it would have with the next major one. What it leaves out is not
 * known: the major collections at all other times stand for it, by how much was allocated then and in all.
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
	/** Until the next major collection that V8 begins by itself. */
	#hasRoom = false;
	/** Of all that was allocated, how much without that room. */
	#ownRhythmBytes = 0;
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
			this.#hasRoom = room !== undefined;
			const { user, system } = process.cpuUsage(cpu);
			this.#forced.count++;
			this.#forced.ms += now() - start;
			this.#forcedCpuMs += (user + system) / 1000;
			this.#start();
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
		const ownRhythm = this.#ownRhythmBytes / (this.#heapBytes + this.externalBytes) || 1;
		const { count, ms } = this.#major;
		return {
			minor: { ...this.#minor },
			major: { count: Math.round(count / ownRhythm), ms: ms / ownRhythm },
			ownRhythm,
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
			if (minor || !this.#hasRoom) {
				if (minor || isMajor) counting.count++;
				counting.ms += cost / 1000;
			}
			if (isMajor) this.#hasRoom = false;
			if (minor) this.#promotedBytes += Math.max(0, oldSpace(afterGC) - oldSpace(beforeGC));
		}
		this.#grow(last);
	}

	#grow({ heap, external }: Used): void {
		const heapBytes = Math.max(0, heap - this.#since.heap);
		const externalBytes = Math.max(0, external - this.#since.external);
		this.#heapBytes += heapBytes;
		this.externalBytes += externalBytes;
		if (!this.#hasRoom) this.#ownRhythmBytes += heapBytes + externalBytes;
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
	return heapSpaceStatistics
		.filter(({ spaceName }) => !spaceName.startsWith("new_"))
		.reduce((sum, { spaceUsedSize }) => sum + spaceUsedSize, 0);
}

/** What lives in the old generation, and what of it is garbage that no major collection has come to. */
function oldBytesNow(): number {
	return getHeapSpaceStatistics()
		.filter(({ space_name }) => !space_name.startsWith("new_"))
		.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}
