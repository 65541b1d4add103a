import { callStack } from "./call-stack.ts";
import type { CountedSite } from "./counted-site.ts";
import { type Follower, newAges } from "./follower.ts";
import { random } from "./random.ts";
import type { Frame, OffHeapSite } from "./thread-report.ts";
import type { ViewCounter } from "./view-counter.ts";

const SIZE_CLASSES = 40;
const MOST_TIMES = 200;
/** V8's default for `typed_array_max_size_in_heap`. */
const MOST_IN_HEAP = 64;

/** The sites of one thread, and what was sampled at each. */
export class SiteTable {
	readonly #sites = new Map<string, CountedSite>();
	readonly #follower: Follower;
	readonly #views: ViewCounter;

	constructor(follower: Follower, views: ViewCounter) {
		this.#follower = follower;
		this.#views = views;
	}

	/** Records a sample that stands for `weight` allocations. */
	record(made: object, bytes: number, what: string, weight: number): void {
		const frames = callStack();
		const { file = "", line = 0, column = 0 } = frames[0] ?? {};
		const key = `${what} ${file}:${line}:${column}`;
		let site = this.#sites.get(key);
		if (site === undefined) {
			site = newSite(what, frames);
			this.#sites.set(key, site);
		}
		site.samples++;
		site.count += weight;
		site.bytes += weight * bytes;
		site.smallest = Math.min(site.smallest, bytes);
		site.largest = Math.max(site.largest, bytes);
		site.sizes[sizeClass(bytes)] = (site.sizes[sizeClass(bytes)] ?? 0) + weight;
		const slab = ArrayBuffer.isView(made) && bytes > 0 && isSlab(made, bytes);
		if (slab) site.slabBytes += weight * bytes;
		else if (ArrayBuffer.isView(made) && bytes <= MOST_IN_HEAP) {
			site.inHeapBytes += weight * bytes;
			site.inHeapCount += weight;
		}
		// A view may die before its memory does; a small one shares its memory, or has none of its own.
		const followed = ArrayBuffer.isView(made) && !slab && bytes > MOST_IN_HEAP ? made.buffer : made;
		this.#follower.follow(site, followed, bytes);
		this.#views.watch(followed, site);
	}

	/** Records what one allocation took, at a site that is known already. */
	time(what: string, ns: number): void {
		const { file = "", line = 0, column = 0 } = callStack()[0] ?? {};
		const times = this.#sites.get(`${what} ${file}:${line}:${column}`)?.times;
		if (times === undefined) return;
		if (times.length < MOST_TIMES) times.push(ns);
		else times[Math.floor(random() * MOST_TIMES)] = ns;
	}

	list(): OffHeapSite[] {
		return [...this.#sites.values()].map(({ frames, lastFollowed: _, ...counted }) => ({
			...(frames[0] ?? { file: "", line: 0, column: 0, functionName: "" }),
			...counted,
			callers: frames.slice(1),
			sizes: Array.from(counted.sizes, (count) => count ?? 0),
		}));
	}
}

function newSite(what: string, frames: readonly Frame[]): CountedSite {
	return {
		what,
		frames,
		samples: 0,
		count: 0,
		bytes: 0,
		slabBytes: 0,
		inHeapBytes: 0,
		inHeapCount: 0,
		smallest: Number.POSITIVE_INFINITY,
		largest: 0,
		sizes: [],
		times: [],
		watched: 0,
		views: 0,
		ages: newAges(),
		lastFollowed: Number.NEGATIVE_INFINITY,
	};
}

function sizeClass(bytes: number): number {
	return bytes < 1 ? 0 : Math.min(SIZE_CLASSES, Math.floor(Math.log2(bytes)));
}

/** Whether the bytes were cut from the slab that Node keeps for small Buffers. */
function isSlab(view: ArrayBufferView, bytes: number): boolean {
	return bytes <= Buffer.poolSize >>> 1 && bytes > MOST_IN_HEAP && view.buffer.byteLength === Buffer.poolSize;
}
