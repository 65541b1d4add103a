import { NEVER } from "../rules.ts";

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
/**
 * Letting go takes two collections. So a control group counts as short as well when two times more of what it grew by
 * lately would not fit.
 */
const LOOKS_AHEAD = 2;
/** How long what the system said is believed, in milliseconds: reading it takes some 50 µs. */
const BELIEVED = 20;

/** Where a version of control groups tells what, and how. */
interface Hierarchy {
	readonly root: string;
	/** A process's own group, in `/proc/self/cgroup`. */
	readonly own: RegExp;
	readonly limit: string;
	readonly used: string;
	readonly cached: RegExp;
	/** How often the group met its limit. */
	readonly events: string;
	readonly met: RegExp;
}

const HIERARCHIES: readonly Hierarchy[] = [
	{
		root: "/sys/fs/cgroup",
		own: /^0::(.*)$/m,
		limit: "max",
		used: "current",
		cached: /^inactive_file (\d+)$/m,
		events: "events",
		met: /^(?:high|max|oom) (\d+)$/gm,
	},
	{
		root: "/sys/fs/cgroup/memory",
		own: /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m,
		limit: "limit_in_bytes",
		used: "usage_in_bytes",
		cached: /^total_inactive_file (\d+)$/m,
		events: "failcnt",
		met: /^(\d+)$/gm,
	},
];

/** A control group that has a limit, in bytes. */
interface Group {
	/** A file's path, but for what comes after `memory.`. */
	readonly prefix: string;
	readonly of: Hierarchy;
	/** How often it met its limit so far. */
	met: number;
	/** The share of its limit that was in use when it was last looked at. */
	share: number;
	/** What that grew by from one look to the next; half of what it was where it grew by less. */
	growth: number;
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
		this.#groups ??= HIERARCHIES.flatMap((of) => {
			const [, own] = of.own.exec(this.#read("/proc/self/cgroup")) ?? [];
			const names = own?.split("/").filter(Boolean) ?? [];
			// Inside a container the path may be one that only the machine around it knows; its own is the root then.
			return [...names, ""]
				.map((_, depth) => `${[of.root, ...names.slice(0, depth)].join("/")}/memory.`)
				.filter((prefix) => this.#number(prefix + of.limit) > 0)
				.map((prefix) => ({ prefix, of, met: NEVER, share: 1, growth: 0 }));
		});
		return this.#groups;
	}

	/** 0 where there is none. */
	#number(path: string): number {
		return Number.parseInt(this.#read(path), 10) || 0;
	}

	#timesMet(prefix: string, { events, met }: Hierarchy): number {
		return [...this.#read(prefix + events).matchAll(met)].reduce((sum, [, times]) => sum + Number(times), 0);
	}

	#isShort(group: Group): boolean {
		const { prefix, of, met } = group;
		const [, cached = 0] = of.cached.exec(this.#read(`${prefix}stat`)) ?? [];
		const share = (this.#number(prefix + of.used) - Number(cached)) / this.#number(prefix + of.limit);
		group.growth = Math.max(share - group.share, group.growth / 2);
		group.share = share;
		group.met = this.#timesMet(prefix, of);
		// Cached files alone make a group meet its limit; only beside much else is that a sign.
		return (
			share > SHORT_GROUP ||
			share + LOOKS_AHEAD * group.growth > 1 ||
			(group.met > met && share > SHORT_GROUP / 2)
		);
	}
}
