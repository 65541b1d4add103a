/** Where a {@link MemoryWatch} gets what it knows from; each may throw. */
export interface MemorySources {
	/** A file's text. */
	read(path: string): string;
	heap(): { readonly used_heap_size: number; readonly heap_size_limit: number };
	/** Milliseconds that no test runner fakes. */
	elapsed(): number;
}

/**
 * The share of its limit above which a heap counts as short, right after a collection. What a pool holds is part of what
 * is in use then, and one turn of the program may double the rest before anybody looks again.
 */
const SHORT_HEAP = 0.5;
/** The share of its limit above which a control group counts as short of memory, files that are only cached left out. */
const SHORT_GROUP = 0.8;
/** The share of time, in per cent over ten seconds, in which something waited for memory. */
const SHORT_PRESSURE = 10;
/** How long what the system said is believed, in milliseconds: reading it takes some 50 µs. */
const BELIEVED = 100;

/** A control group that has a limit, in bytes. */
interface Group {
	readonly path: string;
	/** How often it met its limit so far. */
	met: number;
}

/** Tells whether memory is short. What cannot be read, or may not be, is as if it were not there. */
export class MemoryWatch {
	readonly #sources: MemorySources;
	#groups: readonly Group[] | undefined;
	#believedUntil = 0;
	#systemIsShort = false;

	constructor(sources: MemorySources) {
		this.#sources = sources;
	}

	isShort(): boolean {
		return this.#heapIsShort() || this.#systemSaysSo();
	}

	#heapIsShort(): boolean {
		try {
			const { used_heap_size, heap_size_limit } = this.#sources.heap();
			return used_heap_size > SHORT_HEAP * heap_size_limit;
		} catch {
			return false;
		}
	}

	#systemSaysSo(): boolean {
		const time = this.#sources.elapsed();
		if (time >= this.#believedUntil) {
			this.#believedUntil = time + BELIEVED;
			this.#systemIsShort = this.#isUnderPressure() || this.#limitedGroups().some(this.#isShort, this);
		}
		return this.#systemIsShort;
	}

	#read(path: string): string {
		try {
			return this.#sources.read(path);
		} catch {
			return "";
		}
	}

	#isUnderPressure(): boolean {
		const [, share = 0] = /^some avg10=([\d.]+)/.exec(this.#read("/proc/pressure/memory")) ?? [];
		return Number(share) > SHORT_PRESSURE;
	}

	/** The groups with a limit that this process was in when it was first asked: its own, and those around it. */
	#limitedGroups(): readonly Group[] {
		if (this.#groups === undefined) {
			const [, own = ""] = /^0::(.*)$/m.exec(this.#read("/proc/self/cgroup")) ?? [];
			const names = own.split("/").filter(Boolean);
			const paths = [...names, ""].map((_, depth) => ["/sys/fs/cgroup", ...names.slice(0, depth)].join("/"));
			this.#groups = paths
				.filter((path) => this.#number(`${path}/memory.max`) > 0)
				.map((path) => ({ path, met: this.#timesMet(path) }));
		}
		return this.#groups;
	}

	/** 0 where there is none. */
	#number(path: string): number {
		return Number.parseInt(this.#read(path), 10) || 0;
	}

	#timesMet(path: string): number {
		const events = this.#read(`${path}/memory.events`).matchAll(/^(?:high|max|oom) (\d+)$/gm);
		return [...events].reduce((sum, [, times]) => sum + Number(times), 0);
	}

	#isShort(group: Group): boolean {
		const { path, met } = group;
		group.met = this.#timesMet(path);
		const limit = this.#number(`${path}/memory.max`);
		const [, cached = 0] = /^inactive_file (\d+)$/m.exec(this.#read(`${path}/memory.stat`)) ?? [];
		const share = (this.#number(`${path}/memory.current`) - Number(cached)) / limit;
		// Cached files alone make a group meet its limit; only beside much else is that a sign.
		return share > SHORT_GROUP || (group.met > met && share > SHORT_GROUP / 2);
	}
}
