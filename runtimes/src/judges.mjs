/**
 * Counts of collections by what the engines themselves log. A log covers every heap of the process; the one that a run
 * with hundreds of collections took place in is the one with the most minor ones.
 *
 * @typedef {{ majors: number, minors: number }} Collections
 */

/** V8's `--trace-gc`: `[pid:isolate]  12 ms: Scavenge …` @param {string} log */
export function v8TraceGC(log) {
	return busiestHeap(
		log,
		/^\[\d+:(0x[0-9a-f]+)\] +\d+ ms: (?:Incremental )?(Mark-Compact|Scavenge|Minor)/gm,
		(kind) => kind === "Mark-Compact",
	);
}

/** JavaScriptCore's `logGC`: `[GC<heap>: START M 9104kb => EdenCollection, …` @param {string} log */
export function jscLogGC(log) {
	return busiestHeap(
		log,
		/^\[GC<(0x[0-9a-f]+)>: START .*? => (Full|Eden)Collection/gm,
		(kind) => kind === "Full",
	);
}

/**
 * SpiderMonkey's `JS_GC_PROFILE` and `JS_GC_PROFILE_NURSERY`: `MinorGC: pid runtime timestamp reason …` for a nursery
 * collection, and `MajorGC: pid runtime timestamp reason states …` for each slice of a major one, which is over when its
 * state is 0 again.
 *
 * @param {string} log
 */
export function spiderMonkeyProfile(log) {
	const line =
		/^(?:MinorGC: +(\d+ +0x[0-9a-f]+) +[\d.]+ |MajorGC: +(\d+ +0x[0-9a-f]+) +[\d.]+ +\w+ +\d+ -> 0 )/gm;
	/** @type {Heaps} */
	const heaps = new Map();
	for (const [, minor, major] of log.matchAll(line))
		count(heaps, String(minor ?? major), minor === undefined);
	return busiest(heaps);
}

/**
 * Chromium's trace events: those of the thread that made the marks, between them.
 *
 * @param {{ traceEvents: { name: string, pid: number, tid: number, ts: number }[] }} trace
 * @returns {Collections}
 */
export function chromiumTrace({ traceEvents }) {
	const begin = traceEvents.find(({ name }) => name === "clock:begin");
	const end = traceEvents.find(({ name }) => name === "clock:end");
	if (begin === undefined || end === undefined) throw new Error("the trace lacks the run's marks");
	const during = traceEvents.filter(
		({ pid, tid, ts }) => pid === begin.pid && tid === begin.tid && ts >= begin.ts && ts <= end.ts,
	);
	const named = (/** @type {string} */ wanted) => during.filter(({ name }) => name === wanted).length;
	return { majors: named("MajorGC"), minors: named("MinorGC") };
}

/** @typedef {Map<string, Collections>} Heaps */

/**
 * @param {string} log
 * @param {RegExp} line matches the heap and the kind
 * @param {(kind: string) => boolean} isMajor
 */
function busiestHeap(log, line, isMajor) {
	/** @type {Heaps} */
	const heaps = new Map();
	for (const [, heap, kind] of log.matchAll(line)) count(heaps, String(heap), isMajor(String(kind)));
	return busiest(heaps);
}

/**
 * @param {Heaps} heaps
 * @param {string} heap
 * @param {boolean} isMajor
 */
function count(heaps, heap, isMajor) {
	const { majors, minors } = heaps.get(heap) ?? { majors: 0, minors: 0 };
	heaps.set(heap, isMajor ? { majors: majors + 1, minors } : { majors, minors: minors + 1 });
}

/** @param {Heaps} heaps */
function busiest(heaps) {
	return [...heaps.values()].reduce((a, b) => (b.minors > a.minors ? b : a), { majors: 0, minors: 0 });
}
