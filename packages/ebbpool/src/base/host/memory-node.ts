import { readFileSync } from "node:fs";
import process from "node:process";
import { getHeapStatistics } from "node:v8";

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

/** Taken at load: what the library needs for itself is not to be faked. */
const elapsed = performance.now.bind(performance);

export function memoryIsShort(): boolean {
	try {
		return heapIsShort() || systemIsShort();
	} catch {
		return false; // what is refused is as if it were not there
	}
}

/** Bun tells of it; an event that nobody else sends. */
export function onMemoryShort(listener: () => void): void {
	if (process.versions["bun"] !== undefined) process.on("memoryPressure" as "exit", listener);
}

function heapIsShort(): boolean {
	const { used_heap_size, heap_size_limit } = getHeapStatistics();
	return used_heap_size > SHORT_HEAP * heap_size_limit;
}

let believedUntil = 0;
let short = false;

function systemIsShort(): boolean {
	const time = elapsed();
	if (time >= believedUntil) {
		believedUntil = time + BELIEVED;
		short = false;
		short = isUnderPressure() || limitedGroups().some(isShort);
	}
	return short;
}

/** A file's text, unless it is not there or may not be read. Deno may ask its user before it reads, so it is not asked. */
function read(path: string): string {
	if ("Deno" in globalThis) return "";
	try {
		return readFileSync(path, "latin1");
	} catch {
		return "";
	}
}

function isUnderPressure(): boolean {
	const [, share = 0] = /^some avg10=([\d.]+)/.exec(read("/proc/pressure/memory")) ?? [];
	return Number(share) > SHORT_PRESSURE;
}

/** A control group that has a limit, in bytes. */
interface Group {
	readonly path: string;
	/** How often it met its limit so far. */
	met: number;
}

let groups: readonly Group[] | undefined;

/** The groups with a limit that this process was in when it was first asked: its own, and those around it. */
function limitedGroups(): readonly Group[] {
	if (groups === undefined) {
		const [, own = ""] = /^0::(.*)$/m.exec(read("/proc/self/cgroup")) ?? [];
		const names = own.split("/").filter(Boolean);
		groups = Array.from({ length: names.length + 1 }, (_, depth) => {
			const path = ["/sys/fs/cgroup", ...names.slice(0, depth)].join("/");
			return { path, met: timesMet(path) };
		}).filter(({ path }) => limitOf(path) > 0);
	}
	return groups;
}

/** 0 where there is none. */
function limitOf(path: string): number {
	return Number.parseInt(read(`${path}/memory.max`), 10) || 0;
}

function timesMet(path: string): number {
	const events = read(`${path}/memory.events`).matchAll(/^(?:high|max|oom) (\d+)$/gm);
	return [...events].reduce((sum, [, times]) => sum + Number(times), 0);
}

function isShort(group: Group): boolean {
	const { path, met } = group;
	group.met = timesMet(path);
	const limit = limitOf(path);
	const [, cached = 0] = /^inactive_file (\d+)$/m.exec(read(`${path}/memory.stat`)) ?? [];
	const share = (Number.parseInt(read(`${path}/memory.current`), 10) - Number(cached)) / limit;
	// Cached files alone make a group meet its limit; only beside much else is that a sign.
	return share > SHORT_GROUP || (group.met > met && share > SHORT_GROUP / 2);
}
